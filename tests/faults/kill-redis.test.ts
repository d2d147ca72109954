import { describe, test } from '@jest/globals';
import { waitFor } from '../support/wait-for.ts';
import { momentOf, postThrough } from './driver/crash.ts';
import { runRounds } from './driver/round.ts';
import { scene } from './driver/scene.ts';
import { rounds } from './driver/settings.ts';

const redisAlone = { test: 'T3-redis', promise: 'P1', what: 'kill -9 of Redis under 20 writers' };
const both = { test: 'T3-both', promise: 'P1', what: 'kill -9 of server and Redis under 20 writers' };
const minutes = 1_200_000;

describe('kill -9 of the private Redis', () => {
  test(
    'T3 an acknowledged post survives kill -9 of Redis, and posting goes on by itself',
    scene(async (stage) => {
      const node = await stage.node();
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts: 200 };
      await runRounds(redisAlone, rounds(1, 50), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posting.posts);
          const killed = node.redisPid();
          process.kill(killed, 'SIGKILL');
          const begun = performance.now();
          await waitFor(async () => node.redisPid() !== killed && (await desk.client.call('/readyz')).status === 200);
          return { killedAt, backMs: Math.round(performance.now() - begun) };
        }),
      );
    }),
    minutes,
  );

  test(
    'T3 an acknowledged post survives kill -9 of server and Redis together',
    scene(async (stage) => {
      const node = await stage.node();
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts: 200 };
      await runRounds(both, rounds(1, 50), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posting.posts);
          const victims = [node.redisPid(), node.pid];
          for (const pid of round.random.chance(0.5) ? victims : victims.reverse()) process.kill(pid, 'SIGKILL');
          await node.end('SIGKILL');
          await node.start();
          return { killedAt, readyMs: node.readyMs };
        }),
      );
    }),
    minutes,
  );
});
