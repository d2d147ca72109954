import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { type NotedHead, verify } from '../../../server/newsroom/verify.ts';
import { connect, reached } from '../../../server/store/connection.ts';
import { keysWith, type TimelineKeys } from '../../../server/store/keys.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../../support/spine.ts';
import { freshPrefix, sharedRedisUrl } from '../../support/test-redis.ts';

const prefix = freshPrefix();
let spine: Spine;
let redis: Redis;
let slug = '';
let keys: TimelineKeys;
let ids: string[] = [];
let count = 0;

beforeAll(async () => {
  spine = await startSpine({ prefix, keep: 8 });
  redis = connect(sharedRedisUrl(), silent);
  await reached(redis, 5_000);
});
afterAll(async () => {
  redis.disconnect();
  await spine.end();
});

/** A timeline of 12 changes of every kind, of which the log has the last 8. */
beforeEach(async () => {
  slug = `verify-${++count}`;
  keys = keysWith(prefix).of(slug);
  const { desk } = spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug }));
  ids = [];
  for (let i = 0; i < 5; i++)
    ids.push(expectOk(await desk.publish(editor, slug, development({ headline: `text ${i}` }))).update.id);
  const [a = '', b = '', c = ''] = ids;
  expectOk(await desk.revise(editor, slug, a, 1, { headline: 'text 0 revised' }));
  expectOk(await desk.revise(editor, slug, b, 1, { occurredAt: '2024-02-05T10:00:00Z' }));
  expectOk(
    await desk.summarise(editor, slug, 124, 0, {
      sections: [{ heading: null, points: [{ text: 'A point', updates: [a] }] }],
    }),
  );
  expectOk(await desk.remove(editor, slug, c, 'court'));
  expectOk(await desk.reviseTimeline(admin, slug, 1, { title: 'Renamed' }));
  expectOk(await desk.revise(editor, slug, a, 2, { status: 'retracted', reason: 'Not so' }));
  expectOk(await desk.publish(editor, slug, development({ headline: 'last' })));
});

const check = (noted: NotedHead | null = null) => verify(spine.store, slug, noted);
const head = () => {
  const timeline = spine.live.timeline(slug);
  if (!timeline) throw new Error('no timeline');
  return { position: { ...timeline.position }, hash: timeline.hash };
};

describe('verify', () => {
  test('CHAIN2 a history that nobody touched verifies, with a takedown in it and older than the log kept', async () => {
    expect(await check()).toEqual({ ok: true, links: 12, hash: head().hash });
    expect(await check(head())).toMatchObject({ ok: true });
  });

  test('CHAIN3 every change carries the hash that its follower can note', async () => {
    const { position, hash } = head();
    const tail = spine.live.tail(slug, { ...position, seq: position.seq - 3 });
    expect(typeof tail === 'object' && tail.at(-1)?.hash).toBe(hash);
    expect(await spine.store.changes(slug, { ...position, seq: position.seq - 3 }, 10)).toMatchObject({
      changes: tail,
    });
  });

  test('CHAIN4 a head that was noted earlier still verifies after later changes', async () => {
    const noted = head();
    expectOk(await spine.desk.publish(editor, slug, development()));
    expectOk(await spine.desk.remove(editor, slug, ids[3] ?? '', 'court'));
    expect(await check(noted)).toMatchObject({ ok: true });
    expect(await check({ ...noted, hash: '0'.repeat(64) })).toMatchObject({ ok: false, alteration: { seq: 12 } });
    expect(await check({ ...noted, position: { ...noted.position, seq: 99 } })).toMatchObject({
      ok: false,
      alteration: { seq: 15 },
    });
    expect(await check({ ...noted, position: { epoch: 'other', seq: 12 } })).toMatchObject({
      ok: false,
      alteration: { seq: null },
    });
  });

  const rewrite = async (key: string, field: string, from: string | RegExp, to: string) => {
    const text = (await redis.hget(key, field)) ?? '';
    const altered = text.replace(from, to);
    expect(altered).not.toBe(text);
    await redis.hset(key, field, altered);
  };
  const tampering: [what: string, seq: number, edit: () => Promise<unknown>][] = [
    ['a word of an update', 11, () => rewrite(keys.day('2024-02-07'), ids[0] ?? '', 'revised', 'forged')],
    ['a word of an update older than the log', 4, () => rewrite(keys.day('2024-02-07'), ids[3] ?? '', 'text', 'test')],
    ['an update taken away', 5, () => redis.hdel(keys.day('2024-02-07'), ids[4] ?? '')],
    [
      'a word of an earlier revision',
      11,
      async () => {
        const entry = (await redis.lindex(keys.revisions(ids[0] ?? ''), 0)) ?? '';
        await redis.lset(keys.revisions(ids[0] ?? ''), 0, entry.replace('text', 'test'));
      },
    ],
    ['an earlier revision taken away', 11, () => redis.lpop(keys.revisions(ids[0] ?? ''))],
    ['a word in the log', 11, () => rewrite(keys.log, '11', 'Not so', 'Not no')],
    [
      'a change made to look taken down',
      12,
      () => rewrite(keys.log, '12', /"type".*$/, `"type":"update.removed","day":124,"date":"2024-02-07","id":"x"}`),
    ],
    ['a summary', 8, () => rewrite(keys.summaries, '2024-02-07', 'A point', 'No point')],
    [
      'a summary emptied',
      8,
      () => rewrite(keys.summaries, '2024-02-07', /"sections":\[.*?\],"cited"/, '"sections":[],"cited"'),
    ],
    ['the timeline’s title', 10, () => rewrite(keys.timeline, 'record', 'Renamed', 'Rewritten')],
    ['an entry of the log taken away', 9, () => redis.hdel(keys.log, '9')],
    ['the last entry of the log taken away', 12, () => redis.hdel(keys.log, '12')],
    ['an entry of the log that is no JSON any more', 7, () => rewrite(keys.log, '7', 'false', 'fblse')],
    ['an update that is no JSON any more', 5, () => rewrite(keys.day('2024-02-07'), ids[4] ?? '', 'false', 'fblse')],
    [
      'an update’s own id',
      4,
      () => rewrite(keys.day('2024-02-07'), ids[3] ?? '', `"id":"${ids[3]}"`, '"id":"another"'),
    ],
    ['a summary that is no JSON any more', 8, () => rewrite(keys.summaries, '2024-02-07', 'null', 'nwll')],
    ['a link', 2, () => rewrite(keys.chain, '2', '2024', '2025')],
    ['a link taken away', 6, () => redis.hdel(keys.chain, '6')],
    [
      'two links exchanged',
      4,
      async () => {
        const [four, five] = await redis.hmget(keys.chain, '4', '5');
        await redis.hset(keys.chain, '4', five ?? '', '5', four ?? '');
      },
    ],
    ['the head’s hash', 12, () => redis.hset(keys.timeline, 'hash', '0'.repeat(64))],
    ['the last change cut off', 11, () => redis.hset(keys.timeline, 'seq', '11')],
  ];
  test.each(tampering)('CHAIN5 the first altered entry is named: %s', async (_what, seq, edit) => {
    await edit();
    expect(await check()).toMatchObject({ ok: false, alteration: { seq } });
  });

  test('CHAIN5 an update slipped in is found', async () => {
    const entry = (await redis.hget(keys.day('2024-02-07'), ids[4] ?? '')) ?? '';
    await redis.hset(keys.day('2024-02-07'), 'forged', entry.replace(ids[4] ?? '', 'forged'));
    expect(await check()).toMatchObject({ ok: false, alteration: { what: expect.stringContaining('forged') } });
  });
});
