import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, expectOk } from '../support/spine.ts';
import { isLive, looks, stage, violations } from './support.ts';

const on = stage();
const paths: Record<string, string> = {};

beforeAll(async () => {
  const { publish, timeline, spine } = on();
  const { desk } = spine;
  const key = await publish({
    headline: 'A key development',
    key: true,
    sources: [{ name: 'AP', url: 'https://apnews.com/x' }],
  });
  await publish({
    headline: '',
    body: '<p>No headline. <a href="https://example.org">A link</a>.</p><ul><li>One</li></ul>',
  });
  await publish({ headline: 'عنوان', body: '<p>نص قصير.</p>', language: 'ar', verification: 'disputed' });
  await publish({
    headline: 'Pinned',
    pinned: true,
    occurredAt: '2024-02-07',
    verification: 'claim',
    attribution: 'according to X',
  });
  expectOk(await desk.revise(admin, 'gaza', key.id, 1, { correction: 'A name was wrong.' }));
  const retracted = await publish({ headline: 'Retracted' });
  expectOk(await desk.revise(admin, 'gaza', retracted.id, 1, { status: 'retracted', reason: 'It was wrong.' }));
  const removed = await publish({ headline: 'Removed' });
  expectOk(await desk.remove(admin, 'gaza', removed.id, 'legal'));
  const sections = [{ heading: 'Diplomacy', points: [{ text: 'They talked.', updates: [key.id] }] }];
  expectOk(await desk.summarise(admin, 'gaza', 124, 0, { sections }));

  await timeline({ slug: 'arabic', language: 'ar', title: 'الحرب على قطاع غزة', subject: 'الحرب على قطاع غزة' });
  const arabic = await publish(
    { headline: 'تطور', body: '<p>نص.</p>', language: 'ar', key: true, verification: 'claim' },
    'arabic',
  );
  await timeline({ slug: 'paused', status: 'paused' });
  await timeline({ slug: 'ended', status: 'ended', endedOn: '2024-02-09' });
  Object.assign(paths, {
    'all timelines': '/',
    'the latest day': '/gaza',
    'a day': '/gaza/day/124',
    'an empty day': '/gaza/day/100',
    'all days': '/gaza/days',
    'no such day': '/gaza/days?to=x',
    'key developments': '/gaza/key',
    corrections: '/gaza/corrections',
    'an update': `/gaza/updates/${key.id}`,
    'a retracted update': `/gaza/updates/${retracted.id}`,
    'a removed update': `/gaza/updates/${removed.id}`,
    'no page': '/gaza/nothing',
    'a day in Arabic': '/arabic',
    'all days in Arabic': '/arabic/days',
    'key developments in Arabic': '/arabic/key',
    'an update in Arabic': `/arabic/updates/${arabic.id}`,
    'a paused timeline': '/paused',
    'an ended timeline': '/ended',
  });
});

const names = [
  'all timelines',
  'the latest day',
  'a day',
  'an empty day',
  'all days',
  'no such day',
  'key developments',
  'corrections',
  'an update',
  'a retracted update',
  'a removed update',
  'no page',
  'a day in Arabic',
  'all days in Arabic',
  'key developments in Arabic',
  'an update in Arabic',
  'a paused timeline',
  'an ended timeline',
];

/** One page that goes from one to the next: opening a new one each time would take longer than all that is looked at. */
describe('every page', () => {
  let page: Page;
  let forAxe: Page;

  beforeAll(async () => {
    page = await on().open('/');
    forAxe = await on().open('/', { bypassCSP: true });
  });

  test.each(names)('PAGE15 axe finds nothing wrong, light, dark and on a phone: %s', async (name) => {
    await forAxe.goto(on().site.url + paths[name]);
    for (const look of looks) {
      await look.of(forAxe);
      expect([look.name, await violations(forAxe)]).toEqual([look.name, []]);
    }
  });

  test.each(names)(
    'PAGE12 it asks nobody but us, sets no cookie and breaks none of its own rules: %s',
    async (name) => {
      const { site, complaints } = on();
      complaints.length = 0;
      await page.goto(site.url + paths[name]);
      const missing = ['a removed update', 'no page'].includes(name);
      if (await page.locator('[data-connection]').count()) await isLive(page);
      expect(complaints.filter((text) => !(missing && text.includes('Failed to load resource')))).toEqual([]);
      expect(await page.context().cookies()).toEqual([]);
      const blocking = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((entry) => (entry as { renderBlockingStatus?: string }).renderBlockingStatus === 'blocking'),
      );
      expect(blocking).toEqual([]);
    },
  );

  test.each(names)('PAGE10 it says its language and runs its way, and fits a phone: %s', async (name) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(on().site.url + paths[name]);
    const arabic = name.includes('Arabic');
    expect(await page.locator('html').getAttribute('lang')).toBe(arabic ? 'ar' : 'en');
    expect(await page.locator('html').getAttribute('dir')).toBe(arabic ? 'rtl' : 'ltr');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await page.locator('h1').count()).toBe(1);
  });
});

describe('without JavaScript', () => {
  test('PAGE11 a day reads whole: day, summary, updates with their times, notes and sources, ways on', async () => {
    const page = await on().open('/gaza/day/124', { javaScriptEnabled: false });
    const text = await page.locator('body').innerText();
    const parts = [
      '124th day',
      'Wednesday 7 February 2024',
      'They talked.',
      'A key development',
      '18:20',
      'A name was wrong.',
      'It was wrong.',
      'AP',
      'No headline.',
      'All days',
      'Reload it to see the latest',
    ];
    for (const part of parts) expect(text).toContain(part);
    expect(await page.locator('[data-new-updates]').isVisible()).toBe(false);
    expect(text).not.toMatch(/Live|Catching up|Offline/);
  });

  test('PAGE11 no text stands in the document twice, and no script stands in it at all', async () => {
    const { text: page } = await on().site.request.get('/gaza/day/124');
    const text = page.replace(/<script type="application\/ld\+json">.*?<\/script>/, '');
    expect(text).not.toBe(page);
    expect(text.split('No headline.').length).toBe(2);
    expect(text.match(/<script/g)).toEqual(['<script']);
    expect(text).toMatch(/<script type="module" src="\/assets\/reader-[\w-]+\.js"><\/script>/);
    expect(text).not.toMatch(/ on\w+=| style="/);
  });
});

describe('what others read of a page', () => {
  test('PAGE13 its address, title, words and data are named for machines', async () => {
    const { request, url } = on().site;
    const { text } = await request.get('/gaza');
    expect(text).toContain(`<link rel="canonical" href="${url}/gaza/day/124">`);
    expect(text).toContain('<link rel="alternate" type="application/json" href="/api/v1/timelines/gaza/days/124">');
    expect(text).toContain(
      '<meta property="og:title" content="124th day of the war on the Gaza Strip · Wednesday 7 February 2024">',
    );
    expect(text).toContain('<meta name="description" content="They talked.">');
  });

  test('PAGE13 a page of a day carries the position at which it was made', async () => {
    const { site, spine } = on();
    const { text } = await site.request.get('/gaza/day/124');
    const { epoch, seq } = spine.live.timeline('gaza')?.position ?? {};
    expect(text).toContain(`data-position="${epoch}:${seq}"`);
  });

  test('PAGE14 what is not there, or not any more, is a page with its status', async () => {
    const { request } = on().site;
    expect((await request.get(paths['no page'] ?? '').set('Accept', 'text/html')).status).toBe(404);
    const gone = await request.get(paths['a removed update'] ?? '').set('Accept', 'text/html');
    expect(gone.status).toBe(410);
    expect(gone.text).toContain('This update was removed by the newsroom');
    expect(gone.text).not.toContain('legal');
    expect((await request.get(paths['a retracted update'] ?? '')).status).toBe(200);
  });

  test('PAGE9 a day of more than 200 updates goes on on another page', async () => {
    const { timeline, publish, open } = on();
    await timeline({ slug: 'long' });
    for (let i = 0; i < 205; i++)
      await publish(
        {
          headline: `No. ${i}`,
          body: '',
          occurredAt: new Date(Date.parse('2024-02-07T00:00:00Z') + i * 60_000).toISOString(),
        },
        'long',
      );
    const page = await open('/long/day/124');
    expect(await page.locator('article').count()).toBe(200);
    await page.click('.more a');
    await page.waitForURL(/after=/);
    expect(await page.locator('article h3').allInnerTexts()).toEqual(['No. 4', 'No. 3', 'No. 2', 'No. 1', 'No. 0']);
  });
});

/** The files of a script and of all that it imports before it runs. */
function startingWith(source: string, found = new Set<string>()): Set<string> {
  const manifest = JSON.parse(readFileSync('dist/public/manifest.json', 'utf8'));
  const { file, imports = [] } = manifest[source];
  const name = file.replace('assets/', '');
  if (found.has(name)) return found;
  found.add(name);
  for (const imported of imports) startingWith(imported, found);
  return found;
}

test('PAGE16 all scripts of a page take at most 20 kB, in any language, and the style at most 4 kB, a sheet 1.5', () => {
  const folder = 'dist/public/assets';
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`)]));
  const sizes = (wanted: RegExp) => {
    const chosen = [...files].filter(([name]) => wanted.test(name)).map(([, bytes]) => bytes);
    const sum = (size: (bytes: Buffer) => number) => chosen.reduce((total, bytes) => total + size(bytes), 0);
    return {
      count: chosen.length,
      br: sum((bytes) => brotliCompressSync(bytes).length),
      gz: sum((bytes) => gzipSync(bytes).length),
    };
  };
  const always = sizes(new RegExp(`^(${[...startingWith('client/reader/reader.ts')].join('|')})$`));
  expect(always.count).toBeGreaterThan(1);
  const heaviest = Math.max(
    ...[...files.keys()]
      .filter((name) => /^[a-z]{2}-.*\.js$/.test(name))
      .map((name) => sizes(new RegExp(`^${name}$`)).gz),
  );
  expect(always.gz + heaviest).toBeLessThanOrEqual(20 * 1024);
  expect(always.br + heaviest).toBeLessThanOrEqual(20_000);
  expect(sizes(/^style-.*\.css$/).br).toBeLessThanOrEqual(4_096);
  const sheets = [...files.keys()].filter((name) => /^sheet-.*\.css$/.test(name));
  expect(sheets.filter((name) => sizes(new RegExp(`^${name}$`)).br > 1_536)).toEqual([]);
});
