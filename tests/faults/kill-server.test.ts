import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from './driver/crash.ts';
import { runRounds } from './driver/round.ts';
import { scene } from './driver/scene.ts';
import { rounds } from './driver/settings.ts';

const plan = { test: 'T1', promise: 'P1', what: 'kill -9 of the server under 20 writers' };
const numbers = rounds(3, 50);

describe('kill -9 of the server', () => {
  test(
    'T1 an acknowledged post survives kill -9 of the server and is there once',
    scene(async (stage) => {
      const node = await stage.node();
      const posts = numbers.length > 3 ? 1_000 : 200;
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts };
      await runRounds(plan, numbers, stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posts);
          await node.end('SIGKILL');
          await node.start();
          return { killedAt, readyMs: node.readyMs };
        }),
      );
    }),
    1_200_000,
  );
});
