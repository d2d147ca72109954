import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T22', promise: 'P1, P2, P12', what: 'rolling restart (SIGTERM) of two nodes under 20 writers' };

describe('a rolling restart', () => {
  test(
    'T22 no acknowledged write is lost, nobody waits 10 s, and each node ends by itself',
    scene(async (stage) => {
      const redis = await stage.redis();
      const first = await stage.node({ REDIS_URL: redis.url }, { name: 'first' });
      const second = await stage.node({ REDIS_URL: redis.url }, { name: 'second' });
      const { origin: balancer } = await stage.wireToNodes(first, second);
      const origin = () => balancer;
      const readers = { count: 4, origin, withinMs: () => 10_000 };
      const posting = { folder: stage.folder, origin, writers: 20, posts: 1_000, readers };
      await runRounds(plan, rounds(1, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const faults: string[] = [];
          const stopMs: number[] = [];
          for (const node of [first, second]) {
            await momentOf(round, desk, posting.posts);
            const begun = performance.now();
            const end = await node.end('SIGTERM');
            stopMs.push(Math.round(performance.now() - begun));
            if (end !== 0) faults.push(`a node ended with ${end}`);
            await node.start();
          }
          const longest = Math.round(desk.client.longestMs);
          if (longest > 10_000) faults.push(`a client waited ${longest} ms`);
          return { faults, stopMs };
        }),
      );
    }),
    1_200_000,
  );
});
