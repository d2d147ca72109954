import { describe, expect, test } from '@jest/globals';
import type { Image } from '../../../shared/update.ts';
import { updateArticle } from '../../../shared/view/update.ts';
import { context, update, wordsOf } from './sample.ts';

const image = (more: Partial<Image> = {}): Image => ({
  id: '0123456789abcdef0123',
  alt: 'A school, its roof gone',
  caption: 'In Rafah',
  credit: 'Photo: M. Salem',
  width: 1_600,
  height: 1_200,
  variants: [320, 640].flatMap((width) => [
    { url: `/media/gaza/x/${width}.webp`, width, type: 'image/webp' },
    { url: `/media/gaza/x/${width}.jpg`, width, type: 'image/jpeg' },
  ]),
  ...more,
});

const markup = (images: Image[], heading: 'h1' | 'h3' = 'h3', language = 'en') =>
  updateArticle(update({ images, language }), context(), heading).text;

describe('images of an update', () => {
  test('MED20 stand below its text, in the width that the screen asks for, without moving what follows', () => {
    const text = markup([image()]);
    expect(text).toContain('srcset="/media/gaza/x/320.webp 320w, /media/gaza/x/640.webp 640w"');
    expect(text).toMatch(
      /<img src="\/media\/gaza\/x\/640\.jpg" alt="A school, its roof gone" width="1600" height="1200" loading="lazy"/,
    );
    expect(text).toContain('<figcaption>In Rafah <small>Photo: M. Salem</small></figcaption>');
    expect(text.indexOf('<figure')).toBeGreaterThan(text.indexOf('class="body"'));
    expect(markup([image({ caption: null, credit: null })])).not.toContain('figcaption');
    expect(markup([image()], 'h3', 'ar')).toContain('<figure lang="ar" dir="rtl">');
  });

  test('MED20 on its own page the first comes at once, all others when they are near', () => {
    expect(markup([image(), image()], 'h1').match(/loading="lazy"/g)).toHaveLength(1);
  });

  test('MED20 their words are text', () => {
    const hostile = '"><script>alert(1)</script>';
    const text = markup([image({ alt: hostile, caption: hostile, credit: hostile })]);
    expect(text).not.toContain('<script');
    expect(wordsOf({ text })).toContain('alert(1)');
  });
});
