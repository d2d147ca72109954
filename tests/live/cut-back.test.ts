import { afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { verify } from '../../server/newsroom/verify.ts';
import { admin, expectOk, gaza } from '../support/spine.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { position, post, startWatchedNode, type WatchedNode } from '../support/watched-node.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const prefix = 'p';

async function node(at: { url: string }): Promise<WatchedNode> {
  const started = await startWatchedNode({ ...at, prefix });
  ends.push(started.end);
  return started;
}

async function redisWithCopies() {
  const server = await startRedis();
  ends.push(() => server.end());
  const redis = new Redis(server.url.replace('unix://', ''));
  ends.push(() => redis.disconnect());
  const copy = async () => {
    const keys = await redis.keys('*');
    return Promise.all(keys.map(async (key) => ({ key, value: await redis.dumpBuffer(key) })));
  };
  /** In one step, as a Redis that was started anew on an older copy. */
  const putBack = async (entries: Awaited<ReturnType<typeof copy>>) => {
    const tx = redis.multi().flushall();
    for (const { key, value } of entries) tx.restore(key, 0, value ?? '');
    await tx.exec();
  };
  return { url: server.url, copy, putBack };
}

/** Two nodes on a store that at first has two changes, of which `copy` was taken. */
async function twoNodes() {
  const redis = await redisWithCopies();
  const a = await node(redis);
  const b = await node(redis);
  expectOk(await a.desk.createTimeline(admin, gaza));
  for (let i = 0; i < 2; i++) await post(a);
  return { redis, a, b, copied: await redis.copy() };
}

describe('a log that was cut back under running nodes', () => {
  test('LOG10 an older copy put back under running nodes has a new epoch, one for all, and followers start over', async () => {
    const { redis, a, b, copied } = await twoNodes();
    for (let i = 0; i < 3; i++) await post(a);
    await waitFor(() => position(b).seq === 5, 'the other node');
    const { epoch } = position(a);
    await redis.putBack(copied);
    await waitFor(() => a.resets.length > 0 && b.resets.length > 0, 'both nodes to start over');
    await waitFor(() => position(a).epoch === position(b).epoch, 'one epoch');
    expect(position(a)).toMatchObject({ seq: 2 });
    expect(position(a).epoch).not.toBe(epoch);
    expect(a.live.tail('gaza', { epoch, seq: 2 })).toBe('reset');
    await post(a);
    await waitFor(() => position(b).seq === 3, 'a change in the new epoch');
    expect(await verify(a.store, 'gaza', null)).toMatchObject({ ok: true, links: 3 });
  });

  test('LOG10 also where the copy has been written on beyond what was seen: the chain tells', async () => {
    const { redis, a, b, copied } = await twoNodes();
    await post(a, 'lost');
    await waitFor(() => position(b).seq === 3, 'the other node');
    const elsewhere = await redisWithCopies();
    await elsewhere.putBack(copied);
    const c = await node(elsewhere);
    for (let i = 0; i < 3; i++) await post(c, 'instead');
    expect(position(c)).toEqual({ epoch: position(a).epoch, seq: 5 });
    await redis.putBack(await elsewhere.copy());
    await waitFor(() => a.resets.length > 0 && b.resets.length > 0, 'both nodes to start over');
    await waitFor(() => position(a).epoch === position(b).epoch, 'one epoch');
    expect(position(a).epoch).not.toBe(position(c).epoch);
    expect(a.told).not.toContain(4);
    expect(await verify(a.store, 'gaza', null)).toMatchObject({ ok: true, links: 5 });
  });

  test('LOG10 a node that was only behind does not renew the epoch of a log that is whole', async () => {
    const { a, b } = await twoNodes();
    const seen = b.live.timeline('gaza');
    if (!seen) throw new Error('no timeline');
    const known = { position: seen.position, hash: seen.hash };
    for (let i = 0; i < 2; i++) await post(a);
    expect(await a.store.renewEpoch('gaza', known)).toBe(false);
    expect(await a.store.renewEpoch('gaza', { ...known, hash: 'other' })).toBe(true);
    expect(await a.store.renewEpoch('gaza', { ...known, hash: 'other' })).toBe(false);
  });
});
