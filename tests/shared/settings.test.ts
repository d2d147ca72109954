import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contrast, isLegible, leastContrast, legible, papers, type Scheme } from '../../shared/colour.ts';
import { settingsPatchSchema } from '../../shared/settings.ts';
import { mastheadOf } from '../../shared/view/masthead.ts';

const schemes: Scheme[] = ['light', 'dark'];
const faults = (patch: object): string[] =>
  settingsPatchSchema.safeParse(patch).error?.issues.map(({ path, message }) => `${path.join('/')} ${message}`) ?? [];

describe('colours', () => {
  test('SET3 contrast is WCAG’s', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#a8201a', '#a8201a')).toBe(1);
  });

  test('SET3 the papers are those of the reader’s style', () => {
    const css = readFileSync('client/style/palette.css', 'utf8');
    const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
    const of = (text: string) => ['paper', 'tint'].map((name) => new RegExp(`--${name}: (#\\w+);`).exec(text)?.[1]);
    expect(of(light)).toEqual(papers.light);
    expect(of(dark)).toEqual(papers.dark);
  });

  test('SET3 any colour has a legible neighbour on either paper, and a legible one is its own', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, fc.constantFrom(...schemes), (one, scheme) => {
        const neighbour = legible(one, scheme);
        expect(isLegible(neighbour, scheme)).toBe(true);
        if (isLegible(one, scheme)) expect(neighbour).toBe(one);
      }),
    );
  });

  test('SET3 an accent that can’t be read on its paper is refused, and so is what is no colour', () => {
    const accent = (light: string, dark: string) => faults({ appearance: { accent: { light, dark } } });
    expect(accent('#A8201A', '#f28b7d')).toEqual([]);
    expect(accent('#f28b7d', '#a8201a')).toEqual([
      `appearance/accent/light needs a contrast of ${leastContrast} to light paper`,
      `appearance/accent/dark needs a contrast of ${leastContrast} to dark paper`,
    ]);
    expect(accent('red;}', '#f28b7d')).toEqual(['appearance/accent/light must be a colour like #a8201a']);
  });

  test('SET3 a timeline without a colour of its own has no style of its own', () => {
    expect(mastheadOf({ siteName: 'The Record', accent: null, logo: null })).toEqual({
      siteName: 'The Record',
      logo: null,
      style: null,
    });
    const { style } = mastheadOf({ siteName: null, logo: null, accent: { light: '#0b5394', dark: '#9fc5e8' } });
    expect(style).toBe(':root{--accent:#0b5394}@media(prefers-color-scheme:dark){:root{--accent:#9fc5e8}}');
  });
});

describe('hosts that may embed', () => {
  test.each(['news.example.org', '*.example.org', 'https://example.org:8443', 'localhost:3000', 'xn--80ak6aa92e.com'])(
    'SET4 %s is a host',
    (host) => expect(faults({ embedHosts: [host] })).toEqual([]),
  );

  test.each([
    "'self'",
    '*',
    'example.org/path',
    'a.org; script-src *',
    'a.org b.org',
    'javascript:alert(1)',
    '',
    'data:',
  ])('SET4 %s is none: nothing but hosts gets into a header', (host) =>
    expect(faults({ embedHosts: [host] })).toHaveLength(1),
  );
});

test('SET5 a publisher has a name and web addresses', () => {
  expect(faults({ publisher: { name: 'The Record', url: 'https://record.example' } })).toEqual([]);
  expect(faults({ publisher: { name: '', url: 'javascript:x' } }).map((fault) => fault.split(' ')[0])).toEqual([
    'publisher/name',
    'publisher/url',
  ]);
});
