import { describe, test } from '@jest/globals';
import { postThrough } from '../driver/crash.ts';
import { type Plan, runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

interface Absence {
  title: string;
  plan: Plan;
  posts: number;
  edits: number;
  /** What a reader may ask for on his return, at the most. */
  connections: number;
}

const absences: Absence[] = [
  {
    title:
      'T15 a reader who was offline for 500 posts, 200 edits and takedowns catches up and sees what a fresh page shows',
    plan: { test: 'T15', promise: 'P2, P3', what: 'reader offline for 500 posts and 200 edits' },
    posts: 500,
    edits: 200,
    connections: 3,
  },
  {
    title: 'T15 a reader who is further behind than one answer holds starts over, and sees what a fresh page shows',
    plan: { test: 'T15-far', promise: 'P2, P3', what: 'reader offline for 900 posts and 400 edits' },
    posts: 900,
    edits: 400,
    connections: 3,
  },
];

describe('a reader who was offline', () => {
  test.each(absences)(
    '$title',
    async ({ plan, posts, edits, connections }) =>
      scene(async (stage) => {
        const node = await stage.node();
        const { wire, origin: behind } = await stage.wireToNodes(node);
        const readers = { count: 1, origin: () => behind, withinMs: () => 45_000 };
        const posting = {
          folder: stage.folder,
          origin: () => node.origin,
          writers: 10,
          posts,
          editors: 4,
          edits,
          readers,
        };
        await runRounds(plan, rounds(1, 10), stage.folder, async (round) => {
          let accepted = 0;
          const found = await postThrough(round, posting, async (_desk, work) => {
            wire.weather = 'refusing';
            await work;
            accepted = wire.accepted;
            wire.weather = 'fair';
            return {};
          });
          const asked = wire.accepted - accepted;
          const faults = asked > connections ? [...found.faults, `the return took ${asked} connections`] : found.faults;
          return { faults, figures: { ...found.figures, connections: asked } };
        });
      })(),
    1_200_000,
  );
});
