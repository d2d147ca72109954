import { beforeAll, describe, expect, test } from '@jest/globals';
import { limits } from '../../shared/limits.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { site } from './support.ts';

const the = site();

beforeAll(async () => {
  const { desk } = the().spine;
  for (let day = 1; day <= 31; day++) {
    const occurredAt = `2024-01-${String(day).padStart(2, '0')}`;
    expectOk(await desk.publish(editor, 'gaza', development({ occurredAt, headline: `Key ${day}`, key: true })));
  }
  expectOk(await desk.publish(editor, 'gaza', development({ headline: 'Not key' })));
  expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'quiet' }));
});

const headlines = (text: string): string[] => [...text.matchAll(/>(Key \d+)<\/a>/g)].map(([, name = '']) => name);

describe('finding a day', () => {
  test('FIND1 what is typed into the field for a day leads to that day', async () => {
    const { headers } = await the().request.get('/gaza/days?to=7+Feb+2024').expect(303);
    expect(headers['location']).toBe('/gaza/day/124');
  });

  test('FIND2 what is no day is said at the field, with what was typed, as text', async () => {
    const { text } = await the()
      .request.get(`/gaza/days?to=${encodeURIComponent('"><script>x')}`)
      .expect(200);
    expect(text).toContain('There is no such day in this timeline.');
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;x"');
  });
});

describe('the page of key developments', () => {
  test('FIND4 it lists key developments alone, newest first, each leading to its place on its day', async () => {
    const { text } = await the().request.get('/gaza/key').expect(200);
    expect(headlines(text).slice(0, 2)).toEqual(['Key 31', 'Key 30']);
    expect(text).not.toContain('Not key');
    expect(text).toMatch(/<a href="\/gaza\/day\/117#u-\w+">Key 31<\/a>/);
  });

  test('FIND4 more days than a page has are a link away, each once', async () => {
    const first = (await the().request.get('/gaza/key').expect(200)).text;
    const next = /href="(\/gaza\/key\?before=\d+)"/.exec(first)?.[1] ?? '';
    const second = (await the().request.get(next).expect(200)).text;
    expect([...headlines(first), ...headlines(second)]).toEqual(Array.from({ length: 31 }, (_, i) => `Key ${31 - i}`));
    expect(second).not.toContain('class="more"');
  });

  test('FIND4, ART1 on a long day, ways lead to the page of it on which an update stands', async () => {
    const { desk } = the().spine;
    expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'crowded' }));
    const at = (i: number) => new Date(Date.UTC(2024, 1, 7, 8) + i * 60_000).toISOString();
    const first = expectOk(await desk.publish(editor, 'crowded', development({ occurredAt: at(0), key: true }))).update;
    for (let i = 1; i <= limits.dayPageUpdates; i++)
      expectOk(await desk.publish(editor, 'crowded', development({ occurredAt: at(i), headline: `${i}` })));
    for (const path of ['/crowded/key', first.url]) {
      const { text } = await the().request.get(path).expect(200);
      const [, way = ''] = new RegExp(`href="([^"]*)#u-${first.id}"`).exec(text) ?? [];
      expect((await the().request.get(way).expect(200)).text).toContain(`id="u-${first.id}"`);
    }
    // Its point of the summary leads to its own page: on this one it isn’t.
    const { text } = await the().request.get('/crowded/day/124').expect(200);
    expect(text).toMatch(new RegExp(`<li><a href="${first.url}">`));
  });

  test('FIND4 it follows every change, and says where there is nothing', async () => {
    const { text } = await the().request.get('/quiet/key').expect(200);
    expect(text).toContain('No key developments have been recorded yet.');
    expectOk(await the().spine.desk.publish(editor, 'quiet', development({ key: true })));
    expect((await the().request.get('/quiet/key').expect(200)).text).toContain('Something happened');
  });
});

describe('ways through a timeline', () => {
  test.each([
    ['/gaza', 'Latest'],
    ['/gaza/days', 'All days'],
    ['/gaza/key', 'Key developments'],
    ['/gaza/corrections', 'Corrections'],
    ['/gaza/popular', 'Most read'],
    ['/gaza/search', 'Search'],
  ])('FIND5 every page of a timeline leads to its parts and marks where one is: %s', async (path, name) => {
    const { text } = await the().request.get(path).expect(200);
    const nav = /<nav class="parts".*?<\/nav>/.exec(text)?.[0] ?? '';
    expect(nav.match(/<a /g)).toHaveLength(6);
    expect(nav).toContain(`aria-current="page">${name}<`);
  });
});
