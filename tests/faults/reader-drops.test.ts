import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import type { Wire } from '../support/wire.ts';
import { momentOf, postThrough } from './driver/crash.ts';
import { type Round, runRounds } from './driver/round.ts';
import { scene } from './driver/scene.ts';
import { rounds } from './driver/settings.ts';

const plan = { test: 'T14', promise: 'P2, P3, P13', what: 'network between readers and server cut, slow or refusing' };

const drops = {
  'ended politely': (wire: Wire) => wire.cut('end'),
  reset: (wire: Wire) => wire.cut('reset'),
  'cut in the middle of a frame': (wire: Wire, { random }: Round) => wire.cutAfter(random.between(1, 3_000)),
  'cut again and again': async (wire: Wire, { random }: Round) => {
    for (let cut = random.between(2, 5); cut > 0; cut--) {
      wire.cut(random.pick(['end', 'reset']));
      await pause(random.between(0, 400));
    }
  },
  'slow, then cut': async (wire: Wire, { random }: Round) => {
    wire.bytesPerSecond = 2_500;
    await pause(random.between(200, 1_500));
    wire.cut('reset');
    wire.bytesPerSecond = Number.POSITIVE_INFINITY;
  },
  'refused for a while': async (wire: Wire, { random }: Round) => {
    wire.weather = 'refusing';
    await pause(random.between(100, 1_500));
    wire.weather = 'fair';
  },
};

describe('the network between readers and server', () => {
  test(
    'T14 after any drop a reader’s list is the server’s within 10 s, each change told once and in order',
    scene(async (stage) => {
      const node = await stage.node();
      const { wire, origin: behind } = await stage.wireToNodes(node);
      const readers = { count: 5, origin: () => behind, withinMs: () => 10_000 };
      const origin = () => node.origin;
      const posting = { folder: stage.folder, origin, writers: 4, posts: 50, editors: 2, edits: 20, readers };
      await runRounds(plan, rounds(2, 200), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const drop = round.random.pick(Object.keys(drops) as (keyof typeof drops)[]);
          const struckAt = await momentOf(round, desk, posting.posts);
          await drops[drop](wire, round);
          return { drop, struckAt };
        }),
      );
    }),
    3_600_000,
  );
});
