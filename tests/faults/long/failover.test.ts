import { afterEach, describe, expect, test } from '@jest/globals';
import { verify } from '../../../server/newsroom/verify.ts';
import type { Place } from '../../../server/store/place.ts';
import { placeFrom } from '../../support/place.ts';
import { startCluster } from '../../support/redis-cluster.ts';
import type { RedisNode } from '../../support/redis-node.ts';
import { startSentinels } from '../../support/redis-sentinel.ts';
import { admin, expectOk, gaza, type Spine } from '../../support/spine.ts';
import { waitFor } from '../../support/wait-for.ts';
import { position, post, startWatchedNode, type WatchedNode } from '../../support/watched-node.ts';

// A failover takes as long as sentinels and cluster nodes take to agree, so these are not among the fast tests; what a node
// does with the log that it then finds is held by tests/live/cut-back.test.ts.

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const prefix = 'p';

async function node(at: { place: Place }): Promise<WatchedNode> {
  const started = await startWatchedNode({ ...at, prefix });
  ends.push(started.end);
  return started;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** What stands behind a name, its primary, and how it is ended without a replica of its last changes. */
const pairs = {
  'a cluster': async () => {
    const cluster = await startCluster({ replicas: 1 });
    ends.push(() => cluster.end());
    return {
      place: placeFrom({ REDIS_CLUSTER_URLS: cluster.urls }),
      primary: () => cluster.primaryOf('gaza', prefix),
    };
  },
  'a pair behind a sentinel': async () => {
    const sentinels = await startSentinels();
    ends.push(() => sentinels.end());
    return { place: placeFrom({ REDIS_SENTINELS: sentinels.address }), primary: () => sentinels.primary() };
  },
};

describe.each(Object.entries(pairs))('the failover of %s', (_name, start) => {
  async function twoNodesOnPair() {
    const { place, primary } = await start();
    const a = await node({ place });
    const b = await node({ place });
    expectOk(await a.desk.createTimeline(admin, gaza));
    for (let i = 0; i < 3; i++) await post(a);
    await waitFor(() => position(b).seq === 3, 'the other node');
    const first = await primary();
    await waitFor(() => first.isReplicated(), 'the replica to have it all');
    return { a, b, primary };
  }
  const postsAgain = (spine: Spine) =>
    waitFor(async () => (await post(spine)).id, 'a write after the failover', { withinMs: 30_000 });

  test('LOG11 nodes follow the new primary where the old one ended: same epoch, nothing passed over', async () => {
    const { a, b, primary } = await twoNodesOnPair();
    const { epoch } = position(a);
    const old: RedisNode = await primary();
    await old.end('SIGKILL');
    await postsAgain(b);
    await postsAgain(a);
    const head = position(a).seq;
    await waitFor(() => position(b).seq === head, 'the other node');
    expect([position(a).epoch, position(b).epoch, a.resets, b.resets]).toEqual([epoch, epoch, [], []]);
    expect(b.told).toEqual(range(1, head));
  });

  test('LOG10 a failover that lost what had been seen begins a new epoch', async () => {
    const { a, b, primary } = await twoNodesOnPair();
    const { epoch } = position(a);
    const old = await primary();
    await old.call('CONFIG', 'SET', 'requirepass', 'the replica does not know it');
    await old.call('CLIENT', 'KILL', 'TYPE', 'replica');
    for (let i = 0; i < 2; i++) await post(a, 'lost');
    await waitFor(() => position(b).seq === 5, 'the other node');
    await old.end('SIGKILL');
    await postsAgain(b);
    await waitFor(() => a.resets.length > 0 && b.resets.length > 0, 'both nodes to start over');
    await waitFor(() => position(a).epoch !== epoch && position(a).seq === position(b).seq, 'the same place');
    expect(position(a)).toEqual(position(b));
    expect(await verify(a.store, 'gaza', null)).toMatchObject({ ok: true });
  });
});
