import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { formatPosition } from '../../shared/position.ts';
import { plainText } from '../../shared/text.ts';
import type { Update } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site();
const page = async (path: string): Promise<string> => (await the().request.get(path).expect(200)).text;

const publish = async (more: Parameters<typeof development>[0] = {}): Promise<Update> =>
  expectOk(await the().spine.desk.publish(editor, 'gaza', development(more))).update;

beforeAll(async () => {
  await publish({ occurredAt: '2024-02-07T23:30:00+02:00', headline: 'Late' });
  await publish({ occurredAt: '2024-02-07T20:00:00+02:00', timeLabel: 'overnight', headline: 'Labelled' });
});

const timeOf = (text: string, headline: string): string | undefined =>
  new RegExp(`<time[^>]*>([^<]*)</time></a>(?:<p[^>]*>[^<]*</p>)?<h3>${headline}`).exec(text)?.[1];

describe('a page in the reader’s language', () => {
  test('OWN1 its words and its direction are of that language, what the newsroom wrote says that it is not', async () => {
    const text = await page('/gaza/day/124?lang=ar');
    expect(text).toMatch(/<html lang="ar" dir="rtl"/);
    expect(text).toContain('اليوم الـ124');
    expect(text).toContain('<h3 lang="en" dir="ltr">Late</h3>');
    expect(text).toContain('<link rel="canonical" href="');
    expect(text).not.toMatch(/rel="canonical" href="[^"]*lang=/);
  });

  test('OWN1 its links keep the language, the fields of an address too', async () => {
    const text = await page('/gaza/days?lang=de');
    expect(text).toContain('href="/gaza/key?lang=de"');
    expect(text).toContain('href="/gaza/day/124?lang=de"');
    expect(await page('/gaza/days')).not.toContain('/gaza/key?lang');
  });

  test('OWN1 the fields that lead to a day and to what is looked for keep the language', async () => {
    const field = '<input type="hidden" name="lang" value="de">';
    for (const path of ['/gaza/days', '/gaza/search']) {
      expect(await page(`${path}?lang=de`)).toContain(field);
      expect(await page(path)).not.toContain('name="lang"');
    }
    const { headers } = await the().request.get('/gaza/days?to=7.+Februar+2024&lang=de').expect(303);
    expect(headers['location']).toBe('/gaza/day/124?lang=de');
  });

  test('OWN1 another language asks for the same: words that are looked for, the part of a long list', async () => {
    const search = await page('/gaza/search?q=%22a%26b%22&from=2024-02-07&lang=de');
    expect(search).toContain('href="?q=%22a%26b%22&amp;from=2024-02-07&amp;lang=fr"');
    expect(await page('/gaza/key?before=99')).toContain('href="?before=99&amp;lang=fr"');
    expect(await page('/gaza/days')).toContain('href="?lang=fr"');
  });

  test('OWN1, PAGE14 what is not there is said in it too, and the way back keeps it', async () => {
    const { text } = await the().request.get('/gaza/updates/x?lang=de').set('Accept', 'text/html').expect(404);
    expect(text).toMatch(/<html lang="de"/);
    expect(text).toContain('href="/gaza?lang=de"');
  });

  test('OWN1 a language without a catalogue changes nothing', async () => {
    expect(await page('/gaza/day/124?lang=xx')).toMatch(/<html lang="en"/);
    expect(await page(`/gaza/day/124?lang=${encodeURIComponent('"><script>')}`)).toMatch(/<html lang="en"/);
  });
});

describe('a page in the reader’s zone', () => {
  test('OWN2 names that zone, and moves what has an hour, to another date where it must', async () => {
    const text = await page('/gaza/day/124?tz=Asia/Tokyo');
    expect(text).toContain('All times: Tokyo, GMT+9');
    expect(text).toContain('data-conflict-zone="Asia/Gaza"');
    expect(timeOf(text, 'Late')).toBe('8 February 2024, 06:30');
    expect(timeOf(text, 'Labelled')).toBe('Overnight');
    expect(timeOf(await page('/gaza/day/124'), 'Late')).toBe('23:30');
  });

  test('OWN2 on a day on which its clocks change it names both offsets', async () => {
    expect(await page('/gaza/day/197')).toContain('All times: Gaza, GMT+2 / GMT+3<');
    expect(await page('/gaza/day/198')).toContain('All times: Gaza, GMT+3<');
    expect(await page('/gaza/day/197?tz=Asia/Tokyo')).toContain('All times: Tokyo, GMT+9<');
  });

  test('OWN2 pages of many days name it too, with both offsets where they have both', async () => {
    await publish({ occurredAt: '2024-07-07T12:00:00+03:00', headline: 'In summer', key: true });
    await publish({ occurredAt: '2024-02-07T12:00:00+02:00', headline: 'In winter', key: true });
    for (const path of ['/gaza/key', '/gaza/search?from=2024-02-07'])
      expect(await page(path)).toContain('All times: Gaza, GMT+2 / GMT+3<');
    expect(await page('/gaza/search?from=2024-07-07')).toContain('All times: Gaza, GMT+3<');
  });

  test('OWN2 what is no zone changes nothing', async () => {
    expect(await page('/gaza/day/124?tz=Mars/Olympus')).toContain('All times: Gaza');
  });
});

describe('a reader who comes back', () => {
  const missed = async (query: string) => (await the().request.get(`${api}/gaza/missed?${query}`).expect(200)).body;
  const head = (): string => formatPosition(the().spine.live.timeline('gaza')?.position ?? { epoch: '', seq: 0 });

  test('OWN5 is told what was published since his position', async () => {
    const since = head();
    const { id } = await publish({ key: true });
    expect(await missed(`since=${since}&day=124`)).toEqual({
      updates: 1,
      key: 1,
      corrections: 0,
      days: [124],
      summaries: [124],
      first: { id, day: 124 },
      ids: [id],
    });
    expect(await missed(`since=${head()}`)).toMatchObject({ updates: 0 });
  });

  test('OWN5 where the log can’t be continued, by the times of what stands there', async () => {
    const changed = new Date(the().spine.clock.ms).toISOString();
    the().spine.clock.ms += 60_000;
    await publish({ occurredAt: '2024-02-09' });
    expect(await missed(`since=another:7&changed=${changed}`)).toMatchObject({
      updates: 1,
      days: [126],
      summaries: [],
      first: { day: 126 },
    });
  });

  test('OWN5 a malformed position is refused', async () => {
    await the().request.get(`${api}/gaza/missed?since=x`).expect(422);
    await the().request.get(`${api}/nowhere/missed?since=a:1`).expect(404);
  });
});

describe('the bare page of a day', () => {
  test('OWN6 has every update with its place and time, no style, no script, and leads on to bare pages', async () => {
    const text = await page('/gaza/day/124?lite');
    expect(text.match(/<div id="u-/g)).toHaveLength(4);
    expect(text).toMatch(/<time datetime="2024-02-07T21:30:00.000Z">23:30<\/time>/);
    expect(text).not.toMatch(/<script|<style|<img|<link rel="stylesheet/);
    expect(await page('/gaza?lite')).toContain('href="/gaza/day/126?lite"');
  });

  test('OWN6 it is in the language that the reader chose, and keeps it; the page of the day leads there', async () => {
    expect(await page('/gaza/day/124')).toContain('<a href="/gaza/day/124?lite">Text only</a>');
    const text = await page('/gaza/day/124?lite&lang=de');
    expect(text).toContain('<h1>124. Tag · ');
    expect(text).toContain('<a href="/gaza/day/124?lang=de">');
    expect(text).toMatch(/ · Wichtige Entwicklung<h2>In winter/);
  });

  test('OWN6 what was retracted is marked as deleted, and says why before it', async () => {
    const { id, revision } = await publish({ headline: 'Not so', attribution: 'the ministry', verification: 'claim' });
    expectOk(
      await the().spine.desk.revise(editor, 'gaza', id, revision, {
        status: 'retracted',
        reason: 'It did not happen.',
      }),
    );
    const text = await page('/gaza/day/124?lite');
    expect(text).toMatch(
      /<\/time> · Claim · the ministry<p><b>Retracted [^<]*<\/b> <bdi>It did not happen\.<\/bdi><\/p><del><h2>Not so/,
    );
  });

  test('OWN6 it takes less than one and a half times its compressed text', async () => {
    expectOk(await the().spine.desk.createTimeline(admin, { ...gaza, slug: 'long' }));
    const words =
      'of the and to in a that it was for on with as by at from strike reported ministry people hospital'.split(' ');
    let seed = 7;
    const word = (): string => {
      seed = (seed * 48_271) % 2_147_483_647;
      return words[seed % words.length] ?? '';
    };
    const updates: Update[] = [];
    for (let i = 0; i < 60; i++) {
      const body = `<p>${Array.from({ length: 160 }, word).join(' ')}</p>`;
      updates.push(
        expectOk(await the().spine.desk.publish(editor, 'long', development({ headline: word(), body }))).update,
      );
    }
    const bare = updates.map(({ headline, body }) => `${headline}\n${plainText(body)}`).join('\n');
    const lite = await page('/long/day/124?lite');
    expect(brotliCompressSync(lite).length).toBeLessThan(brotliCompressSync(bare).length * 1.5);
  });
});
