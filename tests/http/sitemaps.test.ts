import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Document } from '@xmldom/xmldom';
import { all, parseXml, textOf } from '../conventions/xml.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { get } from './raw.ts';
import { site } from './support.ts';

const the = site();
const publish = async (more: object = {}, slug = 'gaza') =>
  expectOk(await the().spine.desk.publish(editor, slug, development(more))).update;

async function fileAt(path: string): Promise<Document> {
  const answer = await get(the().url, path);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
  return parseXml(answer.body.toString());
}
const locations = (file: Document): string[] => all(file, 'sitemap:loc').map(({ textContent }) => textContent ?? '');
const pathOf = (address: string): string => address.slice(the().url.length);

beforeAll(async () => {
  const { desk, clock } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'ended', status: 'ended', endedOn: '2024-02-07' }));
  await publish();
  await publish({ occurredAt: '2024-02-08' });
  await publish({ occurredAt: '2023-12-01' });
  await publish({ occurredAt: '2024-02-07' }, 'ended');
  await publish({ headline: 'Yesterday', occurredAt: new Date(clock.ms - 20 * 3_600_000).toISOString() });
  await publish({ headline: 'Two days ago', occurredAt: new Date(clock.ms - 60 * 3_600_000).toISOString() });
  const wrong = await publish({ headline: 'Wrong' });
  expectOk(await desk.revise(editor, 'gaza', wrong.id, 1, { status: 'retracted', reason: 'x' }));
});

describe('sitemaps', () => {
  test('MAP1 robots.txt names the sitemaps, and these name every page, each once, that answers', async () => {
    const robots = (await get(the().url, '/robots.txt')).body.toString();
    const named = [...robots.matchAll(/^Sitemap: (.+)$/gm)].map(([, address]) => pathOf(address ?? ''));
    expect(named).toEqual(['/sitemap.xml', '/sitemap-news.xml']);
    expect(robots).toContain('Disallow: /newsroom');
    const files = locations(await fileAt('/sitemap.xml')).map(pathOf);
    const months = ['2023-12', '2024-02', '2026-11'].map((month) => `/gaza/sitemap/${month}.xml`);
    for (const file of ['/gaza/sitemap.xml', ...months, '/ended/sitemap.xml', '/ended/sitemap/2024-02.xml'])
      expect(files).toContain(file);
    const pages = (await Promise.all(files.map(fileAt))).flatMap(locations).map(pathOf);
    expect(new Set(pages).size).toBe(pages.length);
    for (const page of pages) expect([page, (await get(the().url, page)).status]).toEqual([page, 200]);
    for (const page of ['/gaza/days', '/gaza/day/124', '/gaza/day/125', '/ended/day/124'])
      expect(pages).toContain(page);
    expect(pages.filter((page) => page.includes('/updates/')).length).toBe(6);
  });

  test('MAP2 lastmod is the last change of what the page shows', async () => {
    const { clock, desk } = the().spine;
    clock.ms += 60_000;
    const update = await publish({ occurredAt: '2023-10-08' });
    const lastOf = async (path: string, page: string) => {
      const entry = all(await fileAt(path), 'sitemap:url').find((one) => textOf(one, 'sitemap:loc').endsWith(page));
      return entry && textOf(entry, 'sitemap:lastmod');
    };
    expect(await lastOf('/gaza/sitemap.xml', '/gaza/day/2')).toBe(update.publishedAt);
    clock.ms += 60_000;
    const revised = expectOk(await desk.revise(editor, 'gaza', update.id, 1, { correction: 'x' }));
    expect(await lastOf('/gaza/sitemap.xml', '/gaza/day/2')).toBe(revised.revisedAt);
    expect(await lastOf('/gaza/sitemap/2023-10.xml', update.url)).toBe(revised.revisedAt);
    expectOk(await desk.remove(editor, 'gaza', update.id, 'legal'));
    expect(await lastOf('/gaza/sitemap.xml', '/gaza/day/2')).toBeUndefined();
    expect((await get(the().url, '/gaza/sitemap/2023-10.xml')).status).toBe(404);
  });

  test('MAP3 the news are the days of today and yesterday of what goes on, published when their pages say so', async () => {
    const news = all(await fileAt('/sitemap-news.xml'), 'sitemap:url');
    expect(news.map((entry) => textOf(entry, 'news:title'))).toEqual(['1143rd day of the war on the Gaza Strip']);
    const [first] = news;
    if (!first) throw new Error('no news');
    expect(textOf(first, 'news:name')).toBe('Daymark');
    expect(textOf(first, 'news:language')).toBe('en');
    expect(textOf(first, 'news:publication_date')).toBe('2026-11-22T00:00:00.000+02:00');
  });
});
