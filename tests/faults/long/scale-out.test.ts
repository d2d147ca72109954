import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { startCluster, type TestCluster } from '../../support/redis-cluster.ts';
import type { RedisNode } from '../../support/redis-node.ts';
import { waitFor } from '../../support/wait-for.ts';
import { postThrough } from '../driver/crash.ts';
import type { Node } from '../driver/node.ts';
import { type Plan, type Round, runRounds, type Verdict } from '../driver/round.ts';
import { type Scene, scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import type { Desk } from '../driver/writers.ts';

const single: Plan = {
  test: 'T38',
  promise: 'P1, P2',
  what: 'two nodes of two workers over three Redis primaries; workers, nodes, primaries killed in turn',
};
const replicated: Plan = {
  test: 'T38-replicated',
  promise: 'P2',
  what: 'the same where a replica takes over from a killed primary: what its last moments lost is counted, not a fault',
};

interface Stage {
  cluster: TestCluster;
  nodes: readonly [Node, Node];
  /** Ends the primary of the round’s timeline, and resolves when the store is whole again. */
  killPrimary: (round: Round) => Promise<void>;
}

async function setUp(stage: Scene, replicas: 0 | 1): Promise<Stage & { origin: () => string }> {
  const cluster = await startCluster({ replicas });
  stage.ends(() => cluster.end());
  const environment = { REDIS_CLUSTER_URLS: cluster.urls, WORKERS: '2' };
  const first = await stage.node(environment, { name: 'first' });
  const second = await stage.node(environment, { name: 'second' });
  const { origin: balancer } = await stage.wireToNodes(first, second);
  const killPrimary = replicas === 0 ? restartPrimary(cluster) : failOver(cluster);
  return { cluster, nodes: [first, second], killPrimary, origin: () => balancer };
}

const restartPrimary =
  (cluster: TestCluster) =>
  async ({ slug, random }: Round): Promise<void> => {
    const primary = await cluster.primaryOf(slug);
    await primary.end('SIGKILL');
    await pause(random.between(0, 3_000));
    await primary.start();
  };

const failOver =
  (cluster: TestCluster) =>
  async ({ slug }: Round): Promise<void> => {
    const old = await cluster.primaryOf(slug);
    await old.end('SIGKILL');
    const next = await waitFor(() => successor(cluster, slug, old), 'a replica to take over', { withinMs: 30_000 });
    await old.start();
    await waitFor(() => next.isReplicated(), 'the old primary to be a replica', { withinMs: 60_000 });
  };

async function successor(cluster: TestCluster, slug: string, old: RedisNode): Promise<RedisNode | null> {
  const primary = await cluster.primaryOf(slug);
  return primary === old ? null : primary;
}

/** Strikes the parts in turn until all is acknowledged; says how often each. */
async function strikeInTurn(stage: Stage, round: Round, work: Promise<unknown>): Promise<Record<string, number>> {
  const { random } = round;
  const struck = { worker: 0, node: 0, primary: 0, stop: 0 };
  const anyNode = (): Node => random.pick([...stage.nodes]);
  const strikes: Record<keyof typeof struck, () => Promise<void>> = {
    worker: async () => {
      process.kill(random.pick(anyNode().workerPids()), 'SIGKILL');
    },
    node: async () => restart(anyNode(), 'SIGKILL'),
    primary: () => stage.killPrimary(round),
    stop: async () => restart(anyNode(), 'SIGTERM'),
  };
  const over = new AbortController();
  work.then(
    () => over.abort(),
    () => over.abort(),
  );
  const order = Object.keys(struck) as (keyof typeof struck)[];
  for (let turn = round.number; !over.signal.aborted; turn++) {
    await pause(random.between(300, 1_500), undefined, { signal: over.signal }).catch(() => undefined);
    if (over.signal.aborted) break;
    const what = order[turn % order.length] ?? 'worker';
    await strikes[what]();
    struck[what] += 1;
  }
  return struck;
}

async function restart(node: Node, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  await node.end(signal);
  await node.start();
}

/** Acknowledged by a primary that ended before its replica had it: looked for by the keys, which are then new again. */
function withoutLost({ faults, figures }: Verdict): Verdict {
  const lost = faults.filter((fault) => fault.startsWith('missing: log'));
  if (lost.length === 0) return { faults, figures: { ...figures, lost: 0 } };
  const follows = /^(missing|notReplayed|doubled: .* and |strange)/;
  return { faults: faults.filter((fault) => !follows.test(fault)), figures: { ...figures, lost: lost.length } };
}

function act(plan: Plan, replicas: 0 | 1, judged: (verdict: Verdict) => Verdict) {
  return scene(async (stage) => {
    const parts = await setUp(stage, replicas);
    const { origin } = parts;
    // Readers are compared with the day as one answer gives it, which is a thousand updates at the most.
    const readers = { count: 8, origin, withinMs: () => 30_000 };
    const posting = {
      folder: stage.folder,
      origin,
      writers: 4,
      posts: 900,
      sentences: 5,
      patienceMs: 5_000,
      readers,
    };
    await runRounds(plan, rounds(1, 30), stage.folder, async (round) => {
      const begun = performance.now();
      let postedMs = 0;
      const strike = async ({ ledger }: Desk, work: Promise<unknown>) => {
        const struck = await strikeInTurn(parts, round, work);
        postedMs = Math.round(performance.now() - begun);
        return { struck, repeated: ledger.all().filter(({ attempts }) => attempts > 1).length };
      };
      const verdict = judged(await postThrough(round, posting, strike));
      return { ...verdict, figures: { ...verdict.figures, postedMs } };
    });
  });
}

describe('two nodes with two workers each, over a cluster of three', () => {
  test(
    'T38 whatever is killed in turn and comes back on its data: nothing acknowledged is lost or doubled',
    act(single, 0, (verdict) => verdict),
    3_600_000,
  );

  test(
    'T38 where replicas take over: readers see every change once and in order, or are told to start over',
    act(replicated, 1, withoutLost),
    3_600_000,
  );
});
