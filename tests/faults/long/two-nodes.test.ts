import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import type { Wire } from '../../support/wire.ts';
import { momentOf, postThrough } from '../driver/crash.ts';
import type { Node } from '../driver/node.ts';
import { randomFrom } from '../driver/random.ts';
import { type Round, runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T13', promise: 'P1, P2', what: 'two nodes on one Redis, one of them cut off, frozen or killed' };

const mishaps = {
  'cut off': async (_node: Node, wire: Wire, { random }: Round) => {
    wire.weather = 'silent';
    await pause(random.pick([2_000, 2_000, 30_000]));
    wire.weather = 'fair';
  },
  frozen: async (node: Node, _wire: Wire, { random }: Round) => {
    node.signal('SIGSTOP');
    await pause(random.pick([3_000, 3_000, 30_000]));
    node.signal('SIGCONT');
  },
  killed: async (node: Node) => {
    await node.end('SIGKILL');
    await node.start();
  },
};

type Mishap = keyof typeof mishaps;

/** Decided before the round begins: who finds nobody at all when he comes back waits longer before he tries again. */
const mishapOf = ({ seeds }: Round): Mishap => randomFrom(...seeds, 'mishap').pick(Object.keys(mishaps) as Mishap[]);
const patience: Record<Mishap, number> = { 'cut off': 10_000, frozen: 10_000, killed: 25_000 };

describe('two nodes on one Redis', () => {
  test(
    'T13 readers of a node that was cut off, frozen or killed see every change once and in order, and are soon complete',
    scene(async (stage) => {
      const redis = await stage.redis();
      const { wire, url } = await stage.wireToRedis(redis);
      const sound = await stage.node({ REDIS_URL: redis.url }, { name: 'sound' });
      const struck = await stage.node({ REDIS_URL: url }, { name: 'struck' });
      const readers = { count: 4, origin: () => struck.origin, withinMs: (round: Round) => patience[mishapOf(round)] };
      let turn = 0;
      const origin = () => (turn++ % 2 === 0 ? sound : struck).origin;
      const posting = { folder: stage.folder, origin, writers: 10, posts: 300, patienceMs: 4_000, readers };
      await runRounds(plan, rounds(3, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const mishap = mishapOf(round);
          const struckAt = await momentOf(round, desk, posting.posts);
          await mishaps[mishap](struck, wire, round);
          return { mishap, struckAt };
        }),
      );
    }),
    3_600_000,
  );
});
