import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T2', promise: 'P1, P6', what: 'kill -9 of the server under 8 writers and 6 editors' };

describe('kill -9 under edits and takedowns', () => {
  test(
    'T2 an acknowledged edit is in the history once, no edit overwrites another unseen, and what is taken down is gone',
    scene(async (stage) => {
      const node = await stage.node();
      const posting = {
        folder: stage.folder,
        origin: () => node.origin,
        writers: 8,
        posts: 150,
        editors: 6,
        edits: 120,
      };
      await runRounds(plan, rounds(1, 50), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = [];
          for (let kill = round.random.between(1, 3); kill > 0; kill--) {
            killedAt.push(await momentOf(round, desk, posting.posts));
            await node.end('SIGKILL');
            await node.start();
          }
          return { killedAt, readyMs: node.readyMs };
        }),
      );
    }),
    1_200_000,
  );
});
