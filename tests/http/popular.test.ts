import { describe, expect, test } from '@jest/globals';
import { isBot } from '../../server/readers/bots.ts';
import { ReaderCounts } from '../../server/readers/reader-counts.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import type { Update } from '../../shared/update.ts';
import { admin, development, expectOk, gaza, silent } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site();
let timelines = 0;

async function timeline(count: number) {
  const slug = `read-${++timelines}`;
  const { desk } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug }));
  const updates: Update[] = [];
  for (let at = 0; at < count; at++)
    updates.push(expectOk(await desk.publish(admin, slug, development({ headline: `Update ${at}` }))).update);
  const open = (update: Update | undefined, reader: string, headers: Record<string, string> = {}) =>
    the()
      .request.get(update?.url ?? '')
      .set({ 'User-Agent': `Mozilla/5.0 (${reader})`, ...headers })
      .expect(200);
  const popular = async (query = ''): Promise<[string, number][]> => {
    const { body } = await the().request.get(`${api}/${slug}/popular${query}`).expect(200);
    return body.updates.map(({ update, readers }: { update: Update; readers: number }) => [update.headline, readers]);
  };
  return { slug, updates, open, popular };
}

describe('what is read most', () => {
  test('POP1 each reader of an update’s page counts once a day, however often it is opened, most read first', async () => {
    const { updates, open, popular } = await timeline(3);
    expect(await popular()).toEqual([]);
    await open(updates[0], 'one');
    expect(await popular()).toEqual([['Update 0', 1]]);
    for (const reader of ['one', 'two', 'three'])
      for (let again = 0; again < 3; again++) await open(updates[1], reader);
    await open(updates[0], 'one');
    expect(await popular()).toEqual([
      ['Update 1', 3],
      ['Update 0', 1],
    ]);
    expect(await popular('?limit=1&window=7d')).toEqual([['Update 1', 3]]);
  });

  test('POP2 bots, HEAD, and what a browser fetches ahead don’t count', async () => {
    const { updates, open, popular } = await timeline(1);
    await open(updates[0], 'Googlebot/2.1; +http://www.google.com/bot.html');
    await open(updates[0], 'ahead', { 'Sec-Purpose': 'prefetch;prerender' });
    await open(updates[0], 'ahead of old', { Purpose: 'prefetch' });
    await the()
      .request.head(updates[0]?.url ?? '')
      .set({ 'User-Agent': 'head' })
      .expect(200);
    await the().request.get(`${api}/${updates[0]?.timeline}/updates/${updates[0]?.id}`).expect(200);
    expect(await popular()).toEqual([]);
    await open(updates[0], 'a person');
    expect(await popular()).toEqual([['Update 0', 1]]);
  });

  test.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    ['facebookexternalhit/1.1', true],
    ['Mozilla/5.0 (compatible; bingbot/2.0)', true],
    ['python-requests/2.31', true],
    ['UptimeRobot/2.0', true],
    ['Mozilla/5.0 (Linux; Android 10; CUBOT X30) Chrome/120 Mobile Safari/537.36', false],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Safari/604.1', false],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0', false],
    ['', false],
  ])('POP2 %s is a bot: %s', (agent, expected) => {
    expect(isBot(agent)).toBe(expected);
  });

  test('POP3 what was taken down or retracted is not among them', async () => {
    const { slug, updates, open, popular } = await timeline(3);
    for (const update of updates) await open(update, 'one');
    const { desk } = the().spine;
    expectOk(await desk.remove(admin, slug, updates[0]?.id ?? '', 'legal'));
    expectOk(await desk.revise(admin, slug, updates[1]?.id ?? '', 1, { status: 'retracted', reason: 'Untrue.' }));
    expect(await popular()).toEqual([['Update 2', 1]]);
  });

  test('POP4 the windows move on, and what is behind them is trimmed', async () => {
    const { slug, updates, open, popular } = await timeline(1);
    const { clock, readers } = the().spine;
    await open(updates[0], 'one');
    expect(await popular()).toEqual([['Update 0', 1]]);
    clock.ms += 26 * 3_600_000;
    expect([await popular(), await popular('?window=7d')]).toEqual([[], [['Update 0', 1]]]);
    await open(updates[0], 'one');
    expect([await popular(), await popular('?window=7d')]).toEqual([[['Update 0', 1]], [['Update 0', 2]]]);
    clock.ms += 10 * 86_400_000;
    expect(await popular('?window=7d')).toEqual([]);
    await readers.add(slug, new Map([['x', 1]]), clock.ms);
    await readers.add(slug, new Map([['x', 1]]), clock.ms);
    clock.ms -= 10 * 86_400_000;
    expect(await popular('?window=7d')).toEqual([]);
  });

  test('POP5 readers are remembered as salted hashes, for a day, and no more than so many', async () => {
    let now = 0;
    const added: number[] = [];
    const store = {
      add: async (_: string, readers: ReadonlyMap<string, number>) => void added.push(readers.get('u') ?? 0),
    };
    const counts = new ReaderCounts({ store, clock: () => now, log: silent });
    const open = (address: string) => counts.opened({ slug: 'gaza', id: 'u' }, { address, agent: 'x', purpose: '' });
    for (let reader = 0; reader < 100_001; reader++) open(String(reader));
    open('100000');
    await counts.flush();
    open('0');
    now += 86_400_000;
    open('100000');
    await counts.flush();
    expect(added).toEqual([100_001, 2]);
    expect(counts.countedOf('gaza')).toBe(100_003);
  });

  test('POP5 what can’t be counted is lost, and breaks nothing', async () => {
    const store = { add: () => Promise.reject(new StoreUnavailable('away')) };
    const counts = new ReaderCounts({ store, clock: () => 0, log: silent });
    counts.opened({ slug: 'gaza', id: 'u' }, { address: 'a', agent: 'x', purpose: '' });
    await expect(counts.stop()).resolves.toBeUndefined();
  });

  test('POP8 a page has what was read most in a day and in a week', async () => {
    const { slug, updates, open, popular } = await timeline(2);
    const { clock } = the().spine;
    const page = async () => (await the().request.get(`/${slug}/popular`).expect(200)).text;
    expect(await page()).toContain('Nothing has been counted yet.');
    await open(updates[0], 'one');
    expect(await popular()).toEqual([['Update 0', 1]]);
    clock.ms += 26 * 3_600_000;
    await open(updates[1], 'one');
    clock.ms += 300_000;
    const [, day = '', week = ''] = (await page()).split('<section class="most-read">');
    expect([day.includes('Update 1'), day.includes('Update 0')]).toEqual([true, false]);
    expect([week.includes('Update 1'), week.includes('Update 0')]).toEqual([true, true]);
  });

  test('POP6 faults of the question are told', async () => {
    const { slug } = await timeline(0);
    await the().request.get(`${api}/${slug}/popular?window=1h`).expect(422);
    await the().request.get(`${api}/${slug}/popular?limit=0`).expect(422);
    await the().request.get(`${api}/nowhere/popular`).expect(404);
  });
});
