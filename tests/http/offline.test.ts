import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { languages } from '../../shared/i18n/catalogue.ts';
import { picture } from '../media/laden-images.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { get } from './raw.ts';
import { api, site } from './support.ts';

const the = site();

describe('what a device needs without a network', () => {
  test('OFF6 the worker is asked for anew each time, may fetch from us and from nobody else', async () => {
    for (let round = 0; round < 2; round++) {
      const { status, headers } = await get(the().url, '/sw.js', { 'Accept-Encoding': 'br' });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': "default-src 'none';connect-src 'self';img-src 'self'",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(Number(headers['content-length'])).toBeLessThan(5_000);
    }
  });

  test.each(languages)(
    'OFF5 the page that stands in for others speaks %s, and has the words that date a copy',
    async (tag) => {
      const { text } = await the().request.get(`/offline?lang=${tag}`).expect(200);
      expect(text).toMatch(new RegExp(`<html lang="${tag}" dir="(ltr|rtl)" data-copy-of="[^"]*\\*[^"]*"`));
      expect(text).toContain('<ul></ul>');
      expect(text).toContain('noindex');
    },
  );

  test('OFF5 a language that there is not is English', async () => {
    for (const lang of ['pt', '%22%3E', 'x'.repeat(50)])
      expect((await the().request.get(`/offline?lang=${lang}`).expect(200)).text).toContain('<html lang="en"');
  });
});

describe('a timeline as an app', () => {
  test('OFF7 its manifest names it in its language and leads to icons of their size', async () => {
    const { desk } = the().spine;
    expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'arabic', title: 'الحرب على غزة', language: 'ar' }));
    const { headers, text } = await the().request.get('/arabic/manifest.webmanifest').expect(200);
    expect(headers['content-type']).toBe('application/manifest+json; charset=utf-8');
    const manifest = JSON.parse(text);
    expect(manifest).toMatchObject({
      id: '/arabic',
      name: 'الحرب على غزة',
      lang: 'ar',
      dir: 'rtl',
      start_url: '/arabic',
      scope: '/arabic',
    });
    expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['any', 'any', 'maskable']);
    for (const { src, sizes } of manifest.icons) {
      const icon = await the().request.get(src).buffer(true).expect(200).expect('Content-Type', 'image/png');
      const { width, height, format } = await sharp(icon.body).metadata();
      expect([`${width}x${height}`, format]).toEqual([sizes, 'png']);
    }
    expect((await the().request.get('/arabic').expect(200)).text).toContain(
      '<link rel="manifest" href="/arabic/manifest.webmanifest">',
    );
    await the().request.get('/nowhere/manifest.webmanifest').expect(404);
  });

  test('OFF7 no timeline takes the name of a file that it is made of', async () => {
    for (const slug of ['offline', 'manifest', 'sw']) {
      const body = { ...gaza, slug };
      await the().request.post(api).set(the().admin).send(body).expect(422);
    }
  });
});

describe('what was touched', () => {
  const touched = (since: string) => the().request.get(`${api}/touched/touched?since=${since}`);

  test('OFF11 is told by ids since a position, each with its last change, without what was published alone', async () => {
    const { desk, live } = the().spine;
    expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'touched' }));
    const publish = async () => expectOk(await desk.publish(editor, 'touched', development())).update;
    const [gone, right] = [await publish(), await publish()];
    const epoch = live.timeline('touched')?.position.epoch;
    expectOk(await desk.revise(editor, 'touched', right.id, 1, { headline: 'Right' }));
    expectOk(await desk.revise(editor, 'touched', gone.id, 1, { headline: 'Still wrong' }));
    await publish();
    expectOk(await desk.remove(editor, 'touched', gone.id, 'legal'));
    const { body } = await touched(`${epoch}:2`).expect(200);
    expect(body).toEqual({
      touched: [
        { id: right.id, seq: 3, removed: false },
        { id: gone.id, seq: 6, removed: true },
      ],
      position: `${epoch}:6`,
    });
    expect((await touched(`${epoch}:6`)).body).toEqual({ touched: [], position: `${epoch}:6` });
    expect((await touched('another:3')).body).toEqual({ reset: true, position: `${epoch}:6` });
    await touched('x').expect(422);
  });
});

test('OFF8 whoever saves data gets another page, and caches are told', async () => {
  const { library, desk } = the().spine;
  const { image } = expectOk(await library.add(admin, 'gaza', await picture(1_600, 1_000).jpeg().toBuffer()));
  expectOk(await desk.publish(editor, 'gaza', development({ images: [{ id: image.id, alt: 'A street' }] })));
  for (let round = 0; round < 2; round++) {
    const plain = await the().request.get('/gaza/day/124').expect('Vary', 'Accept-Encoding, Save-Data');
    expect(plain.text).toContain('<img ');
    const saving = await the().request.get('/gaza/day/124').set('Save-Data', 'on').expect(200);
    expect(saving.text).not.toContain('<img ');
    const way = /<a class="image" href="([^"]*)"/.exec(saving.text)?.[1] ?? '';
    expect((await the().request.get(way).expect(200)).headers['content-type']).toMatch(/^image\//);
  }
});
