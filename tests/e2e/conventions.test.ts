import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DraftDesk } from '../../server/newsroom/draft-desk.ts';
import { checkLiveBlog } from '../conventions/live-blog-rules.ts';
import { factsOf, type PageFacts } from '../conventions/page-facts.ts';
import { checkPage } from '../conventions/page-rules.ts';
import { checkSuccession } from '../conventions/succession-rules.ts';
import { get } from '../http/raw.ts';
import { admin, expectOk } from '../support/spine.ts';
import { stage } from './support.ts';

const on = stage();
let blank: Page;
const urls: Record<string, string> = {};
const hostile = 'Talks “began” </script><!-- & \u2028 <b>so';

async function read(path: string): Promise<PageFacts> {
  const answer = await get(on().site.url, path);
  return factsOf(blank, answer.body.toString());
}
const dataOf = (page: PageFacts) => JSON.parse(page.structured[0] ?? 'null');

beforeAll(async () => {
  const { publish, timeline, open, spine } = on();
  const { desk, clock } = spine;
  blank = await open('/robots.txt');
  const key = await publish({ headline: hostile, key: true, sources: [{ name: 'AP', url: 'https://apnews.com/x' }] });
  await publish({ headline: '', body: '<p>No headline &amp; more. A second one.</p>' });
  await publish({ headline: 'A long one '.repeat(25).trim() });
  clock.ms += 60_000;
  expectOk(await desk.revise(admin, 'gaza', key.id, 1, { correction: 'A name was <wrong>.' }));
  clock.ms += 60_000;
  expectOk(await desk.revise(admin, 'gaza', key.id, 2, { tags: ['x'] }));
  const wrong = await publish({ headline: 'It was not so' });
  expectOk(await desk.revise(admin, 'gaza', wrong.id, 1, { status: 'retracted', reason: 'It was not.' }));
  const now = await publish({ headline: 'Just now', occurredAt: new Date(clock.ms - 120_000).toISOString() });
  await publish({ headline: 'Draft', status: 'draft' });
  // Clocks went back in Gaza on 27 October 2023: the offset is that of the instant.
  await publish({ headline: 'In summer time', occurredAt: '2023-10-20T12:00:00+03:00' });
  await timeline({ slug: 'arabic', language: 'ar', title: 'الحرب', subject: 'الحرب', timeZone: 'America/St_Johns' });
  await publish({ headline: 'تطور', language: 'ar' }, 'arabic');
  Object.assign(urls, { key: key.url, wrong: wrong.url, today: `/gaza/day/${now.day}` });
});

describe('structured data', () => {
  test.each(['/gaza/day/124', '/gaza', 'today', '/gaza/day/14', '/gaza/day/100', '/arabic/day/124'])(
    'LD1 %s keeps every rule of the checklist of live blogs',
    async (path) => {
      const page = await read(urls[path] ?? path);
      const timeZone = path.startsWith('/arabic') ? 'America/St_Johns' : 'Asia/Gaza';
      const isOver = path !== 'today' && path !== '/gaza';
      expect(checkLiveBlog(page, { timeZone, isOver, now: on().spine.clock.ms })).toEqual([]);
    },
  );

  test('LD1 the validator finds what is wrong', async () => {
    const page = await read('/gaza/day/124');
    const spoilt = (change: (data: Record<string, never>) => void): string[] => {
      const data = dataOf(page);
      change(data);
      const check = { timeZone: 'Asia/Gaza', isOver: true, now: on().spine.clock.ms };
      return checkLiveBlog({ ...page, structured: [JSON.stringify(data)] }, check);
    };
    const set = (name: string, value: unknown) => spoilt((data) => Object.assign(data, { [name]: value }));
    for (const faults of [
      set('@type', 'BlogPosting'),
      set('url', '/gaza/day/124'),
      set('headline', '<b>x</b>'),
      set('datePublished', '2024-02-07T18:20:00'),
      set('dateModified', '2024-02-07T18:20:00.000+03:00'),
      set('coverageEndTime', undefined),
      spoilt((data) => Object.assign(data['liveBlogUpdate']?.[0] ?? {}, { url: 'https://other.example/x' })),
      spoilt((data) => Object.assign(data['liveBlogUpdate']?.[0] ?? {}, { headline: 'Something else' })),
      spoilt((data) =>
        Object.assign(data['liveBlogUpdate']?.[0] ?? {}, { datePublished: '2026-01-01T00:00:00.000+02:00' }),
      ),
    ])
      expect(faults.length).toBeGreaterThan(0);
  });

  test('LD6 read again after a correction it is the same, changed later', async () => {
    const { publish, spine } = on();
    const late = await publish({ headline: 'Known later' });
    const before = await read('/gaza/day/124');
    spine.clock.ms += 60_000;
    expectOk(await spine.desk.revise(admin, 'gaza', late.id, 1, { correction: 'It was later.' }));
    const after = await read('/gaza/day/124');
    expect(checkSuccession(before, after)).toEqual([]);
    expect(checkSuccession(after, before).length).toBeGreaterThan(0);
  });

  test('LD6 its publication and bounds stay when its first update is taken down, moved, or pushed off a long day’s page', async () => {
    const { publish, timeline, spine } = on();
    await timeline({ slug: 'long' });
    const of = async (headline: string, hour: number) => {
      spine.clock.ms += 60_000;
      return publish({ headline, occurredAt: `2024-02-01T${hour}:00:00+02:00` }, 'long');
    };
    const [first, second] = [await of('The first', 10), await of('The second', 11)];
    await of('The last', 12);
    const readings = [await read('/long/day/118')];
    const then = async (change: Promise<unknown>): Promise<void> => {
      await change;
      readings.push(await read('/long/day/118'));
    };
    spine.clock.ms += 60_000;
    await then(spine.desk.remove(admin, 'long', first.id, 'legal').then(expectOk));
    spine.clock.ms += 60_000;
    const elsewhere = { occurredAt: '2024-02-02T10:00:00+02:00' };
    await then(spine.desk.revise(admin, 'long', second.id, 1, elsewhere).then(expectOk));
    spine.clock.ms += 60_000;
    await then(
      Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          publish({ headline: `${n}`, occurredAt: '2024-02-01T13:00:00+02:00' }, 'long'),
        ),
      ),
    );
    spine.clock.ms += 60_000;
    await then(of('One more', 14));
    for (const [at, reading] of readings.slice(1).entries()) {
      const faults = checkSuccession(readings[at] ?? reading, reading);
      expect(faults.filter((fault) => !fault.startsWith('LD18'))).toEqual([]);
    }
    const [earliest] = readings;
    expect(earliest && dataOf(earliest).datePublished).toBe('2024-02-01T00:00:00.000+02:00');
  });

  test('LD2 the texts are not repeated, and nothing retracted, removed or unpublished is told of', async () => {
    const { publish, spine } = on();
    const gone = await publish({ headline: 'Taken down soon' });
    expect(JSON.stringify(dataOf(await read('/gaza/day/124')))).toContain(gone.id);
    expectOk(await spine.desk.remove(admin, 'gaza', gone.id, 'legal'));
    const text = JSON.stringify(dataOf(await read('/gaza/day/124')));
    for (const absent of [gone.id, 'Taken down soon', 'It was not so', 'Draft', 'A second one'])
      expect(text).not.toContain(absent);
    const [entry] = dataOf(await read('/gaza/day/124')).liveBlogUpdate.filter(({ url }: { url: string }) =>
      url.endsWith(urls['key'] ?? '-'),
    );
    expect(entry).toMatchObject({
      headline: hostile,
      correction: { '@type': 'CorrectionComment', text: 'A name was <wrong>.' },
    });
    expect(Date.parse(entry.dateModified) - Date.parse(entry.correction.datePublished)).toBe(60_000);
  });

  test('LD3 who publishes is told as the newsroom has set it', async () => {
    expect(dataOf(await read('/gaza/day/124')).publisher).toMatchObject({ '@type': 'Organization', name: 'Daymark' });
    const { store, live, desk, library } = on().spine;
    const publisher = {
      name: 'The Example',
      url: 'https://example.org/',
      logo: 'https://example.org/logo.png',
      correctionsPolicy: 'https://example.org/corrections',
      publishingPrinciples: null,
    };
    const { revision } = await store.settings('gaza');
    const drafts = new DraftDesk({ store, live, writes: desk.writes, images: library });
    expectOk(await drafts.reviseSettings(admin, 'gaza', revision, { publisher }));
    expect(dataOf(await read('/gaza/day/124')).publisher).toEqual({
      '@type': 'NewsMediaOrganization',
      name: 'The Example',
      url: 'https://example.org/',
      logo: { '@type': 'ImageObject', url: 'https://example.org/logo.png' },
      correctionsPolicy: 'https://example.org/corrections',
    });
  });

  test('LD4 an update’s page is an article, the list of days a collection; each names what it is part of', async () => {
    const { url } = on().site;
    expect(dataOf(await read(urls['key'] ?? ''))).toMatchObject({
      '@type': 'NewsArticle',
      url: url + urls['key'],
      headline: hostile,
      isPartOf: { '@id': `${url}/gaza/day/124` },
      correction: { text: 'A name was <wrong>.' },
    });
    expect((await read(urls['wrong'] ?? '')).structured).toEqual([]);
    const days = dataOf(await read('/gaza/days'));
    expect(days).toMatchObject({ '@type': 'CollectionPage', mainEntity: { '@type': 'ItemList', numberOfItems: 3 } });
    expect(days.mainEntity.itemListElement.at(-1)).toEqual({
      '@type': 'ListItem',
      position: 3,
      url: `${url}/gaza/day/14`,
    });
    expect(dataOf(await read('/gaza/day/124')).isPartOf['@id']).toBe(days['@id']);
  });

  test.each(['/gaza', '/gaza/day/124', '/gaza/days', 'key', 'wrong', '/arabic'])(
    'LD5 %s keeps the checklist of pages: address, language, entries, cards, feeds',
    async (path) => {
      const address = urls[path] ?? path;
      expect(checkPage(await read(address), on().site.url)).toEqual([]);
    },
  );
});
