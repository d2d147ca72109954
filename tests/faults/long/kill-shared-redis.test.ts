import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T3-shared', promise: 'P1, P2', what: 'kill -9 of a Redis (REDIS_URL) that two nodes share' };

describe('kill -9 of the Redis that two nodes share', () => {
  test(
    'T3 nothing is lost or doubled, and readers of both nodes are complete 10 s after it is back',
    scene(async (stage) => {
      const redis = await stage.redis();
      const first = await stage.node({ REDIS_URL: redis.url }, { name: 'first' });
      const second = await stage.node({ REDIS_URL: redis.url }, { name: 'second' });
      const { origin: balancer } = await stage.wireToNodes(first, second);
      const origin = () => balancer;
      const readers = { count: 4, origin, withinMs: () => 10_000 };
      const posting = { folder: stage.folder, origin, writers: 20, posts: 300, readers };
      await runRounds(plan, rounds(1, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posting.posts);
          await redis.end('SIGKILL');
          await pause(round.random.between(0, 1_500));
          await redis.start();
          return { killedAt };
        }),
      );
    }),
    1_200_000,
  );
});
