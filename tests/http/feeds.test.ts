import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkFeed } from '../conventions/feed-rules.ts';
import type { ReadFeed } from '../conventions/read-feed.ts';
import { development, editor, expectOk } from '../support/spine.ts';
import { get } from './raw.ts';
import { openSite, site } from './support.ts';

const the = site();
const formats = ['atom', 'rss', 'json'] as const;
const choices = [
  '',
  '?only=key',
  '?only=summaries',
  '?only=corrections',
  '?tag=Diplomacy',
  '?day=124',
  '?only=key&day=124',
];

const publish = async (more: object = {}) => {
  the().spine.clock.ms += 60_000;
  return expectOk(await the().spine.desk.publish(editor, 'gaza', development(more))).update;
};
const revise = async (id: string, revision: number, patch: object) => {
  the().spine.clock.ms += 60_000;
  return expectOk(await the().spine.desk.revise(editor, 'gaza', id, revision, patch));
};

/** A feed that keeps all rules of the checklist. */
async function feedAt(path: string, format: ReadFeed['format'] = 'atom'): Promise<ReadFeed> {
  const address = path.startsWith('http') ? path : `${the().url}/gaza/feed.${format}${path}`;
  const answer = await get(the().url, address.slice(the().url.length));
  const { faults, feed } = checkFeed(format, answer, address);
  expect(faults).toEqual([]);
  return feed;
}
const idsIn = (feed: ReadFeed): string[] => feed.items.map(({ id }) => id.split('/').at(-1) ?? '');
const has = (update: { id: string }, feed: ReadFeed) => idsIn(feed).filter((id) => id === update.id).length;

beforeAll(async () => {
  const key = await publish({
    key: true,
    headline: 'Talks & "talks" <began>',
    body: '<p>See <a href="/gaza/day/1?a=1&amp;b=2">day one</a>, <a href="https://example.org/x?a&amp;b">that</a> &lt;or&gt; not ]]&gt;.</p>',
    sources: [
      { name: null, url: 'https://apnews.com/x?a&b' },
      { name: 'A “source”', url: null },
    ],
    tags: ['Diplomacy', 'A & B <c>'],
    byline: 'M. Müller <x>',
  });
  await publish({ headline: '', body: '<p>No headline here. More of it.</p>', tags: ['Diplomacy'] });
  await publish({ headline: 'عنوان', body: '<p>نص</p>', language: 'ar', occurredAt: '2023-12-01' });
  await revise(key.id, 1, { correction: 'A name was “wrong” & is right.' });
  const wrong = await publish({ headline: 'It was not so', key: true });
  await revise(wrong.id, 1, { status: 'retracted', reason: 'It was not <so>.' });
  const sections = [{ heading: 'Diplomacy', points: [{ text: 'They <talked> & more.', updates: [key.id] }] }];
  expectOk(await the().spine.desk.summarise(editor, 'gaza', 124, 0, { sections }));
});

describe('feeds', () => {
  test.each(formats.flatMap((format) => choices.map((choice) => [format, choice] as const)))(
    'FEED1 feed.%s%s keeps every rule of the checklist of feeds, and who has it is told so',
    async (format, choice) => {
      const feed = await feedAt(choice, format);
      expect(feed.items.length).toBeGreaterThan(0);
      const path = `/gaza/feed.${format}${choice}`;
      const { headers } = await get(the().url, path);
      expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' });
      const again = await get(the().url, path, { 'If-None-Match': String(headers.etag) });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    },
  );

  test('FEED1 a timeline without anything has feeds too; one that isn’t there has none', async () => {
    expectOk(await the().spine.desk.createTimeline({ ...editor, role: 'admin' }, { ...timeline, slug: 'empty' }));
    for (const format of formats) {
      const address = `${the().url}/empty/feed.${format}`;
      const { faults, feed } = checkFeed(format, await get(the().url, `/empty/feed.${format}`), address);
      expect([faults, feed.items]).toEqual([[], []]);
      expect((await get(the().url, `/nowhere/feed.${format}`)).status).toBe(404);
    }
  });

  test('FEED10 a timeline that has ended says that nothing more will come', async () => {
    const ended = { ...timeline, slug: 'over', status: 'ended' as const, endedOn: '2024-02-07' };
    expectOk(await the().spine.desk.createTimeline({ ...editor, role: 'admin' }, ended));
    const isExpired = async (slug: string) =>
      JSON.parse((await get(the().url, `/${slug}/feed.json`)).body.toString()).expired;
    expect([await isExpired('over'), await isExpired('gaza')]).toEqual([true, undefined]);
  });

  test.each(formats)(
    'FEED2 in feed.%s an entry keeps its id and its publication, and tells each change',
    async (format) => {
      const update = await publish({ headline: 'First wording' });
      const before = (await feedAt('', format)).items.find(({ id }) => id.endsWith(update.id));
      await revise(update.id, 1, { headline: 'Second wording', correction: 'It was otherwise.' });
      const feed = await feedAt('', format);
      const after = feed.items.find(({ id }) => id.endsWith(update.id));
      expect(after).toMatchObject({
        id: before?.id,
        url: before?.url,
        published: before?.published,
        title: 'Second wording',
      });
      expect(Date.parse(after?.updated ?? '') - Date.parse(before?.updated ?? '')).toBe(60_000);
      expect(after?.html).toContain('It was otherwise.');
      expect(before?.url).toBe(the().url + update.url);
    },
  );

  test.each(formats)(
    'FEED3 feed.%s gives key developments, corrections or a topic alone, and a day’s summary',
    async (format) => {
      const [plain, key, told] = [await publish(), await publish({ key: true }), await publish({ tags: ['A & B'] })];
      const of = (choice: string) => feedAt(choice, format);
      expect([has(plain, await of('?only=key')), has(key, await of('?only=key'))]).toEqual([0, 1]);
      expect([has(plain, await of('?tag=A+%26+B')), has(told, await of('?tag=A+%26+B'))]).toEqual([0, 1]);
      await revise(key.id, 1, { key: false });
      expect(has(key, await of('?only=key'))).toBe(0);
      expect(has(plain, await of('?only=corrections'))).toBe(0);
      await revise(plain.id, 1, { correction: 'So it was.' });
      expect(idsIn(await of('?only=corrections'))[0]).toBe(plain.id);
      const [summary] = (await of('?only=summaries')).items;
      expect(summary).toMatchObject({
        url: `${the().url}/gaza/day/124#summary`,
        title: expect.stringContaining('124th day'),
      });
      expect(summary?.html).toContain('They &lt;talked&gt; &amp; more.');
    },
  );

  test('FEED3 what a feed can’t be asked is refused, what it doesn’t know changes nothing', async () => {
    for (const choice of ['only=all', 'day=0', 'day=x', 'tag=', 'day=124&after=x'])
      expect((await get(the().url, `/gaza/feed.atom?${choice}`)).status).toBe(422);
    expect((await get(the().url, '/gaza/feed.atom?day=999999')).status).toBe(404);
    expect((await get(the().url, '/gaza/feed.atom?utm_source=x')).body).toEqual(
      (await get(the().url, '/gaza/feed.atom')).body,
    );
  });

  test.each(formats)('FEED4 a takedown leaves feed.%s at once, without its text', async (format) => {
    const update = await publish({ headline: 'To be taken down', key: true });
    expect(has(update, await feedAt('', format))).toBe(1);
    expectOk(await the().spine.desk.remove(editor, 'gaza', update.id, 'legal'));
    for (const choice of ['', '?only=key', '?day=124']) {
      const feed = await feedAt(choice, format);
      expect(has(update, feed)).toBe(0);
      const told = format !== 'rss' && !feed.isArchive;
      expect(feed.deleted.includes(`${the().url}${update.url}`)).toBe(told);
    }
  });

  test('FEED5 archive pages lead from the feed through every day, each update once, and back', async () => {
    for (let at = 0; at < 210; at++) await publish({ occurredAt: '2023-11-02', headline: `Number ${at}` });
    for (const format of formats) {
      const seen = new Set<string>();
      const walked: string[] = [];
      const updates: string[] = [];
      for (let next = (await feedAt('', format)).previous; next !== null; ) {
        expect(seen.has(next)).toBe(false);
        seen.add(next);
        const page = await feedAt(next, format);
        expect(page.isArchive).toBe(true);
        updates.push(...idsIn(page));
        walked.push(next);
        next = page.previous;
      }
      const { days } = expectOk(await queriesOf());
      expect(updates.length).toBe(days.reduce((all, { updates }) => all + updates, 0));
      expect(new Set(updates).size).toBe(updates.length);
      expect(walked.length).toBe(days.length + 1);
      if (format === 'json') continue;
      expect((await feedAt(walked[1] ?? '', format)).next).toBe(walked[0]);
      expect((await feedAt(walked[0] ?? '', format)).next).toBeNull();
    }
  });

  test('FEED6 a feed is bounded in items and bytes, however long its texts', async () => {
    for (let at = 0; at < 8; at++) await publish({ body: `<p>${'word '.repeat(19_000)}</p>` });
    for (const format of formats) {
      const { length } = (await feedAt('', format)).items;
      expect([length > 0, length < 4]).toEqual([true, true]);
    }
    for (let at = 0; at < 60; at++) await publish({ headline: `Short ${at}` });
    expect((await feedAt('')).items.length).toBe(50);
  });

  test('FEED8 what happened last stands first, whichever day it belongs to', async () => {
    const old = await publish({ occurredAt: '2023-10-08', headline: 'Found out today' });
    const newer = await publish();
    expect(idsIn(await feedAt('')).slice(0, 2)).toEqual([newer.id, old.id]);
    await revise(old.id, 1, { headline: 'Found out today, and edited' });
    expect(idsIn(await feedAt('')).slice(0, 2)).toEqual([old.id, newer.id]);
  });

  test('FEED8 a node that starts later gives the same', async () => {
    const { app: _app, ...other } = await openSite({ ...the().spine, end: async () => undefined });
    try {
      const [here, there] = [await feedAt('', 'json'), await get(other.url, '/gaza/feed.json')];
      const ids = JSON.parse(there.body.toString()).items.map(({ id }: { id: string }) => id.slice(other.url.length));
      expect(ids).toEqual(here.items.map(({ id }) => id.slice(the().url.length)));
    } finally {
      await other.end();
    }
  });

  test('FEED9 the pages of a timeline name its feeds', async () => {
    for (const path of ['/gaza', '/gaza/day/124', '/gaza/days']) {
      const page = (await get(the().url, path)).body.toString();
      for (const [type, format] of [
        ['atom+xml', 'atom'],
        ['rss+xml', 'rss'],
        ['feed+json', 'json'],
      ])
        expect(page).toMatch(
          new RegExp(
            `<link rel="alternate" type="application/${type?.replace('+', '\\+')}" title="[^"]+" href="${the().url}/gaza/feed.${format}">`,
          ),
        );
    }
  });
});

const timeline = { title: 'Empty', subject: 'nothing', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };
const queriesOf = async () => {
  const { body } = await get(the().url, '/api/v1/timelines/gaza/days');
  return { ok: true as const, value: JSON.parse(body.toString()) as { days: { updates: number }[] } };
};
