import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { type NotedHead, verify } from '../../../server/newsroom/verify.ts';
import { chainLine, linkHash } from '../../../server/store/chain.ts';
import { connect, reached } from '../../../server/store/connection.ts';
import { keysWith, type TimelineKeys } from '../../../server/store/keys.ts';
import type { Change } from '../../../shared/change.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../../support/spine.ts';
import { freshPrefix, sharedRedisUrl } from '../../support/test-redis.ts';
import type { Random } from '../driver/random.ts';
import { faultFolder, runRounds, type Verdict } from '../driver/round.ts';
import { rounds } from '../driver/settings.ts';

const plan = {
  test: 'T27',
  promise: 'P1',
  what: 'an entry changed, deleted, inserted, exchanged; the end cut off or all hashes made anew (against a noted head)',
};
const changes = 60;
const prefix = freshPrefix();
const keys: TimelineKeys = keysWith(prefix).of('gaza');

let spine: Spine;
let redis: Redis;
let noted: NotedHead;
/** Everything as it was written, by key. */
const whole = new Map<string, Buffer>();

beforeAll(async () => {
  spine = await startSpine({ prefix });
  redis = connect(sharedRedisUrl(), silent);
  await reached(redis, 5_000);
  noted = await written();
  for (const key of await redis.keys(`${prefix}:{gaza}:*`)) whole.set(key, (await redis.dumpBuffer(key)) as Buffer);
});
afterAll(async () => {
  redis.disconnect();
  await spine.end();
});

/** A history of every kind of change, and its head. */
async function written(): Promise<NotedHead> {
  const { desk, live } = spine;
  expectOk(await desk.createTimeline(admin, gaza));
  const ids: string[] = [];
  for (let n = 0; n < changes; n++) {
    const id = ids[n % Math.max(1, ids.length)] ?? '';
    if (n % 10 === 7) expectOk(await desk.revise(editor, 'gaza', id, 1, { headline: `Revised ${n}` }));
    else if (n === 25) expectOk(await desk.remove(editor, 'gaza', ids.pop() ?? '', 'court'));
    else if (n === 35) {
      const points = [{ text: 'A point', updates: [ids[0] ?? ''] }];
      expectOk(await desk.summarise(editor, 'gaza', 124, 0, { sections: [{ heading: null, points }] }));
    } else {
      const made = await desk.publish(editor, 'gaza', development({ headline: `Text ${n}` }));
      ids.push(expectOk(made).update.id);
    }
  }
  const timeline = live.timeline('gaza');
  if (!timeline) throw new Error('no timeline');
  return { position: timeline.position, hash: timeline.hash };
}

type Edit = (random: Random) => Promise<string>;

const hashes = (): string[] => [keys.log, keys.chain, keys.day('2024-02-07'), keys.summaries];

async function anyField(random: Random, among = hashes()): Promise<[key: string, field: string, value: string]> {
  const key = random.pick(among);
  const [field, value] = random.pick(Object.entries(await redis.hgetall(key)));
  return [key, field, value];
}

const edits: Record<string, Edit> = {
  change: async (random) => {
    const [key, field, value] = await anyField(random);
    // Which revisions a summary cited is noted beside it for the desk, and is no part of what was published.
    const length = key === keys.summaries ? value.indexOf('"cited"') : value.length;
    for (;;) {
      const at = random.between(0, length - 1);
      const to = random.pick([...'abcdefghijklmnopqrstuvwxyz0123456789 ."']);
      if (value[at] === to) continue;
      await redis.hset(key, field, value.slice(0, at) + to + value.slice(at + 1));
      return `${key} ${field}: ${to} at ${at} of ${value}`;
    }
  },
  delete: async (random) => {
    const [key, field] = await anyField(random);
    await redis.hdel(key, field);
    return `${key} ${field}`;
  },
  insert: async (random) => {
    const [key, field, value] = await anyField(random, [keys.day('2024-02-07')]);
    await redis.hset(key, `${field.slice(0, -1)}_`, value.replaceAll(field, `${field.slice(0, -1)}_`));
    return `${key} ${field}`;
  },
  exchange: async (random) => {
    const among = [random.pick([keys.log, keys.chain, keys.day('2024-02-07')])];
    const [key, one, its] = await anyField(random, among);
    for (;;) {
      const [, other, others] = await anyField(random, among);
      if (other === one) continue;
      await redis.hset(key, one, others, other, its);
      return `${key} ${one} and ${other}`;
    }
  },
  cutOff: async (random) => {
    const last = random.between(1, changes - 1);
    for (let seq = last + 1; seq <= changes; seq++) await redis.hdel(keys.log, `${seq}`);
    const link = (await redis.hget(keys.chain, `${last}`)) ?? '';
    await redis.hset(keys.timeline, 'seq', `${last}`, 'hash', link.slice(link.lastIndexOf(' ') + 1));
    return `after ${last}`;
  },
  /** What one can do who knows how it works: another text everywhere, and every hash after it made anew. */
  forge: async (random) => {
    const log = Object.values(await redis.hgetall(keys.log)).map((text) => JSON.parse(text) as Change);
    const published = log.filter(({ type }) => type === 'update.published' || type === 'update.revised');
    const forged = random.pick(published);
    if (!('update' in forged)) throw new Error('it has no update');
    const { id } = forged.update;
    const rewrite = (text: string): string => text.replace(/"headline":"[^"]*"/, '"headline":"Forged"');
    let hash = await spine.store.genesis('gaza');
    for (const change of log.sort((a, b) => a.seq - b.seq)) {
      const isAbout = 'update' in change && change.update.id === id;
      const now = isAbout ? (JSON.parse(rewrite(JSON.stringify(change))) as Change) : change;
      const line = isAbout || change.type !== 'update.removed' ? chainLine(now) : await lineOf(change.seq);
      hash = linkHash(hash, line);
      await redis.hset(keys.chain, `${change.seq}`, `${line} ${hash}`);
      await redis.hset(keys.log, `${change.seq}`, JSON.stringify({ ...now, hash }));
    }
    await redis.hset(keys.timeline, 'hash', hash);
    const shown = await redis.hget(keys.day('2024-02-07'), id);
    if (shown) await redis.hset(keys.day('2024-02-07'), id, rewrite(shown));
    for (const [at, revision] of (await redis.lrange(keys.revisions(id), 0, -1)).entries())
      await redis.lset(keys.revisions(id), at, rewrite(revision));
    return `${id}, all hashes made anew`;
  },
};

async function lineOf(seq: number): Promise<string> {
  const link = (await redis.hget(keys.chain, `${seq}`)) ?? '';
  return link.slice(0, link.lastIndexOf(' '));
}

async function restore(): Promise<void> {
  for (const [key, bytes] of whole) await redis.restore(key, 0, bytes, 'REPLACE');
}

describe('a history that somebody rewrites past the product', () => {
  test('T27 every edit is found; a clean history raises no alarm', async () => {
    const folder = faultFolder();
    await runRounds(plan, rounds(20, 500), folder, async ({ random, number }): Promise<Verdict> => {
      const clean = await verify(spine.store, 'gaza', noted);
      if (!clean.ok) return { faults: [`a false alarm: ${JSON.stringify(clean.alteration)}`], figures: {} };
      const kind = Object.keys(edits)[number % Object.keys(edits).length] ?? '';
      const what = (await edits[kind]?.(random)) ?? '';
      const found = await verify(spine.store, 'gaza', noted);
      await restore();
      if (found.ok) return { faults: [`${kind} was not found: ${what}`], figures: {} };
      return { faults: [], figures: { kind, found: found.alteration } };
    });
    folder.remove();
    expect(await verify(spine.store, 'gaza', noted)).toMatchObject({ ok: true });
  }, 1_200_000);
});
