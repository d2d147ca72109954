import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordPage } from '../../shared/back-office.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza, reporter } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site();
const made: Record<string, Update> = {};
const slug = 'record';
const address = `${api}/${slug}/staff/updates`;

const read = async (query: string): Promise<RecordPage> =>
  (await the().request.get(`${address}?${query}`).set(the().admin).expect(200)).body;
const headlines = (page: RecordPage) => page.updates.map(({ update }) => update.headline);
const find = async (query: string) => headlines(await read(query));

/** All pages of a question, followed to the end. */
async function pages(query: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let after = ''; ; ) {
    const page = await read(`${query}&after=${after}`);
    found.push(headlines(page));
    if (page.more === null) return found;
    after = page.more;
  }
}

beforeAll(async () => {
  const { desk, clock } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug }));
  const publish = async (headline: string, more: Partial<NewUpdate> = {}, by = editor) => {
    clock.ms += 60_000;
    made[headline] = expectOk(await desk.publish(by, slug, development({ headline, body: '', ...more }))).update;
  };
  const on = (day: number, hour: number) => `2024-02-0${day}T${String(hour).padStart(2, '0')}:00:00+02:00`;
  await publish('Dam breaks', { occurredAt: on(5, 9), key: true, tags: ['floods'] });
  await publish('Talks begin', { occurredAt: on(6, 10), verification: 'confirmed' }, reporter);
  await publish('Talks stall', { occurredAt: on(6, 12), byline: 'Jane Roe' });
  await publish('Convoy arrives', { occurredAt: on(7, 8), tags: ['aid', 'floods'], key: true });
  await publish('Shelling', { occurredAt: on(7, 9), verification: 'disputed' }, reporter);
  await publish('Unfinished', { occurredAt: on(6, 11), status: 'draft' }, reporter);
  await publish('Later', { occurredAt: on(7, 7), publishAt: '2026-11-24T00:00:00Z' });
  clock.ms += 60_000;
  expectOk(await desk.revise(editor, slug, made['Shelling']?.id ?? '', 1, { status: 'retracted', reason: 'Wrong.' }));
  clock.ms += 60_000;
  expectOk(await desk.revise(editor, slug, made['Dam breaks']?.id ?? '', 1, { correction: 'It was another dam.' }));
});

const newest = ['Shelling', 'Convoy arrives', 'Later', 'Talks stall', 'Unfinished', 'Talks begin', 'Dam breaks'];

describe('the whole record', () => {
  test('BACK2 has everything, drafts and retracted updates included, newest or oldest event first', async () => {
    const all = await read('');
    expect([headlines(all), all.total, all.more]).toEqual([newest, 7, null]);
    expect(await find('sort=oldest')).toEqual([...newest].reverse());
    expect(all.updates[5]).toMatchObject({ author: { id: 'reporter', name: 'Reporter' }, publishAt: null });
  });

  test('BACK2 sorted by its last change it begins with what changed last', async () => {
    expect((await find('sort=changed')).slice(0, 4)).toEqual(['Dam breaks', 'Shelling', 'Later', 'Unfinished']);
  });

  test.each([
    ['from=2024-02-06&to=2024-02-06', ['Talks stall', 'Unfinished', 'Talks begin']],
    ['status=retracted', ['Shelling']],
    ['status=draft', ['Unfinished']],
    ['status=scheduled', ['Later']],
    ['author=reporter&status=published', ['Talks begin']],
    ['author=jane', ['Talks stall']],
    ['key=1', ['Convoy arrives', 'Dam breaks']],
    ['key=0&from=2024-02-07', ['Shelling', 'Later']],
    ['verification=confirmed', ['Talks begin']],
    ['tag=floods', ['Convoy arrives', 'Dam breaks']],
    ['author=reporter&sort=oldest', ['Talks begin', 'Unfinished', 'Shelling']],
    ['verification=disputed&sort=changed', ['Shelling']],
    ['verification=claim', []],
    ['author=nobody&sort=changed', []],
    ['q=talks', ['Talks stall', 'Talks begin']],
    ['q=talks&verification=confirmed', ['Talks begin']],
    ['q=unfin', ['Unfinished']],
    ['q=shelling&key=0&status=retracted', ['Shelling']],
    ['q=talks&author=jane', ['Talks stall']],
    ['q=unfin&status=draft', ['Unfinished']],
    ['q=nowhere', []],
    ['q=&status=&tag=aid', ['Convoy arrives']],
  ])('BACK3 %s finds what fits', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  test.each([
    ['status=retracted', 1],
    ['verification=reported&sort=changed', 5],
    ['key=1&sort=oldest', 2],
    ['status=draft', 1],
    ['author=reporter', null],
  ])('BACK10 %s says how many there are in all, where that is certain', async (query, total) => {
    expect((await read(`${query}&limit=1`)).total).toBe(total);
  });

  test.each(['sort=newest', 'sort=oldest', 'sort=changed', 'q=talks', 'tag=floods', 'author=reporter'])(
    'BACK4 the pages of %s follow one another without a gap or a double, each as long as asked for',
    async (query) => {
      const whole = await find(query);
      for (const limit of [1, 2, 3]) {
        const found = await pages(`${query}&limit=${limit}`);
        expect(found.flat()).toEqual(whole);
        expect(Math.max(...found.map((page) => page.length))).toBe(Math.min(limit, whole.length));
      }
    },
  );

  test('BACK4 a page goes on where it ended, also when that row is gone', async () => {
    const first = await read('limit=2');
    const { update } = expectOk(await the().spine.desk.publish(editor, slug, development({ headline: 'Newest' })));
    expect(headlines(await read(`limit=2&after=${first.more}`))).toEqual(newest.slice(2, 4));
    expectOk(await the().spine.desk.remove(editor, slug, update.id, 'x'));
    await the().request.get(`${address}?after=x`).set(the().admin).expect(422);
  });
});

describe('many at once', () => {
  const revisionOf = async (id: string) => (await the().request.get(`${api}/${slug}/updates/${id}`)).body.revision;
  const change = async (body: object, who = the().admin) =>
    (await the().request.post(address).set(who).send(body)).body;
  const some = async (...names: string[]) =>
    Promise.all(names.map((name) => made[name]?.id ?? '').map(async (id) => ({ id, revision: await revisionOf(id) })));

  test('BACK5 each is an ordinary revision and one change; what has it already is left as it is', async () => {
    const seq = () => the().spine.live.timeline(slug)?.position.seq ?? 0;
    const before = seq();
    const updates = await some('Dam breaks', 'Talks begin', 'Talks stall');
    const { results } = await change({ change: { kind: 'tag', tag: 'floods' }, updates });
    expect(results.map(({ problem }: { problem: unknown }) => problem)).toEqual([null, null, null]);
    expect(seq()).toBe(before + 2);
    expect(await find('tag=floods&sort=oldest')).toEqual([
      'Dam breaks',
      'Talks begin',
      'Talks stall',
      'Convoy arrives',
    ]);
    await change({ change: { kind: 'untag', tag: 'floods' }, updates: await some('Talks begin', 'Talks stall') });
    await change({ change: { kind: 'flag' }, updates: await some('Talks begin') });
    expect(await find('key=1')).toContain('Talks begin');
    await change({ change: { kind: 'unflag' }, updates: await some('Talks begin') });
    expect(await find('key=1&tag=floods')).toEqual(['Convoy arrives', 'Dam breaks']);
  });

  test('BACK6 what one is refused, the others are not', async () => {
    const updates = [
      { id: 'none', revision: 1 },
      ...(await some('Talks stall')),
      { id: made['Talks begin']?.id, revision: 1 },
    ];
    const { results } = await change({ change: { kind: 'tag', tag: 'late' }, updates });
    expect(results.map(({ problem }: { problem: { code: string } | null }) => problem?.code ?? 'done')).toEqual([
      'not-found',
      'done',
      'stale-revision',
    ]);
  });

  test('BACK6 a reporter changes own updates alone, and retracts none', async () => {
    const { stored } = { stored: await the().as({ role: 'reporter', timelines: null }) };
    const updates = await some('Talks stall', 'Talks begin');
    for (const kind of ['flag', 'retract']) {
      const { results } = await change({ change: kind === 'flag' ? { kind } : { kind, reason: 'x' }, updates }, stored);
      expect(results.map(({ problem }: { problem: { code: string } | null }) => problem?.code)).toEqual([
        'forbidden',
        'forbidden',
      ]);
    }
    await the()
      .request.post(address)
      .set(the().admin)
      .send({ change: { kind: 'retract' }, updates })
      .expect(422);
  });
});

test('BACK7 the statistics of the days count what is public', async () => {
  const { body } = await the().request.get(`${api}/${slug}/staff/statistics`).set(the().admin).expect(200);
  expect(body).toMatchObject({
    more: null,
    days: [
      { day: 124, date: '2024-02-07', updates: 2, key: 1, corrected: 0, retracted: 1, verification: { disputed: 1 } },
      {
        day: 123,
        updates: 2,
        authors: [
          { id: 'editor', updates: 1 },
          { id: 'reporter', name: 'Reporter', updates: 1 },
        ],
      },
      { day: 122, updates: 1, key: 1, corrected: 1, authors: [{ id: 'editor', name: 'Editor', updates: 1 }] },
    ],
  });
  const { body: narrow } = await the()
    .request.get(`${api}/${slug}/staff/statistics?from=2024-02-06&to=2024-02-06`)
    .set(the().admin);
  expect(narrow.days.map(({ day }: { day: number }) => day)).toEqual([123]);
});

describe('how a summary came about', () => {
  const summary = `${api}/${slug}/days/120/summary`;

  test('SUME5, SUME6 all versions with what they cite, and what has changed of it since, word by word', async () => {
    const { desk } = the().spine;
    const publish = async (headline: string) =>
      expectOk(await desk.publish(editor, slug, development({ headline, occurredAt: '2024-02-03T10:00:00+02:00' })))
        .update;
    const [moved, gone, still] = [await publish('Ten were hurt'), await publish('Gone'), await publish('Still')];
    const sections = [{ heading: 'Fighting', points: [{ text: 'A point', updates: [moved.id, gone.id, still.id] }] }];
    expect((await the().request.get(`${summary}/versions`).set(the().admin)).body).toEqual({ versions: [] });
    expect((await the().request.get(`${summary}/changes`).set(the().admin)).body).toEqual({ changes: [] });
    expectOk(await desk.summarise(editor, slug, 120, 0, { sections }));
    expectOk(await desk.summarise(editor, slug, 120, 1, { sections: [{ ...sections[0], heading: null } as never] }));
    const { body } = await the().request.get(`${summary}/versions`).set(the().admin).expect(200);
    expect(body.versions).toMatchObject([
      { revision: 2, sections: [{ heading: null }], cited: { [moved.id]: 1 } },
      { revision: 1, sections: [{ heading: 'Fighting' }] },
    ]);
    expectOk(await desk.revise(editor, slug, moved.id, 1, { headline: 'Twelve were hurt', verification: 'confirmed' }));
    expectOk(await desk.remove(editor, slug, gone.id, 'x'));
    const changes = (await the().request.get(`${summary}/changes`).set(the().admin).expect(200)).body.changes;
    expect(changes).toMatchObject([
      {
        id: moved.id,
        revision: 1,
        now: { revision: 2 },
        differences: { body: null, facts: [{ name: 'verification', before: 'reported', after: 'confirmed' }] },
      },
      { id: gone.id, revision: 1, now: null, differences: null },
    ]);
    expect(changes[0].differences.headline.filter(({ kind }: { kind: string }) => kind !== 'same')).toMatchObject([
      { kind: 'removed', text: 'Ten' },
      { kind: 'added', text: 'Twelve' },
    ]);
    await the().request.get(`${api}/${slug}/days/0/summary/versions`).set(the().admin).expect(404);
  });
});
