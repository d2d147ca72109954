import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import type { Wire } from '../../support/wire.ts';
import { momentOf, postThrough } from '../driver/crash.ts';
import type { Round } from '../driver/round.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = {
  test: 'T11',
  promise: 'P1, P2, P12',
  what: 'network between server and Redis cut, silent, one-way or refusing',
};

/** What happens to the wire, then it heals. Answers withheld and then cut: each write was done, and nobody was told. */
const weathers = {
  cuts: async (wire: Wire, { random }: Round) => {
    for (let cut = random.between(1, 5); cut > 0; cut--) {
      wire.cut(random.pick(['end', 'reset']));
      await pause(random.between(0, 200));
    }
  },
  'answers lost': async (wire: Wire, { random }: Round) => {
    wire.weather = 'no-answers';
    await pause(random.between(5, 400));
    wire.cut();
  },
  silence: async (wire: Wire, { random }: Round) => {
    wire.weather = 'silent';
    await pause(random.pick([2_000, 2_000, 6_000, 30_000]));
  },
  'half open': async (wire: Wire, { random }: Round) => {
    wire.forget();
    await pause(random.between(0, 500));
  },
  refusal: async (wire: Wire, { random }: Round) => {
    wire.weather = 'refusing';
    await pause(random.between(500, 2_500));
  },
};

describe('the network between server and Redis', () => {
  test(
    'T11 whatever the network does to Redis, nothing is lost or doubled, and readers are complete 10 s after it heals',
    scene(async (stage) => {
      const redis = await stage.redis();
      const { wire, url } = await stage.wireToRedis(redis);
      const node = await stage.node({ REDIS_URL: url });
      const origin = () => node.origin;
      const readers = { count: 3, origin, withinMs: () => 10_000 };
      const posting = { folder: stage.folder, origin, writers: 20, posts: 300, readers };
      await runRounds(plan, rounds(5, 50), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const weather = round.random.pick(Object.keys(weathers) as (keyof typeof weathers)[]);
          const struckAt = await momentOf(round, desk, posting.posts);
          await weathers[weather](wire, round);
          wire.weather = 'fair';
          return { weather, struckAt };
        }),
      );
    }),
    3_600_000,
  );
});
