import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T14-half-open', promise: 'P2, P13', what: 'network between readers and server half open' };

describe('connections that died without a word', () => {
  test(
    'T14 each is noticed and repaired within 25 s',
    scene(async (stage) => {
      const node = await stage.node();
      const { wire, origin: behind } = await stage.wireToNodes(node);
      const readers = { count: 5, origin: () => behind, withinMs: () => 25_000 };
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 4, posts: 50, readers };
      await runRounds(plan, rounds(1, 10), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const struckAt = await momentOf(round, desk, posting.posts);
          wire.forget();
          return { struckAt };
        }),
      );
    }),
    1_200_000,
  );
});
