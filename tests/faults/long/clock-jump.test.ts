import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { waitFor } from '../../support/wait-for.ts';
import { momentOf, postThrough } from '../driver/crash.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import { ShiftedClock, whyNoShims } from '../driver/shim.ts';

const hour = 3_600_000;
const jumps = [hour, -hour, 48 * hour, -48 * hour];
const reason = whyNoShims();
const plans = {
  node: { test: 'T12-server', promise: 'P1, P5', what: 'the server’s clock jumps by 1 h and 2 days, both ways' },
  redis: { test: 'T12-redis', promise: 'P1, P5', what: 'Redis’s clock jumps by 1 h and 2 days, both ways' },
};

describe.each(['node', 'redis'] as const)('the wall clock of %s jumps', (whose) => {
  (reason === null ? test : test.skip)(
    `T12 nothing is lost or doubled, also by a retry across the jump${reason === null ? '' : ` (${reason})`}`,
    scene(async (stage) => {
      const clock = new ShiftedClock(stage.folder.path, whose);
      const node = await stage.node(clock.environment);
      const readers = { count: 2, origin: () => node.origin, withinMs: () => 15_000 };
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 10, posts: 200, readers };
      await runRounds(plans[whose], rounds(1, 20), stage.folder, async (round) => {
        clock.shift(0);
        return postThrough(round, posting, async (desk) => {
          const jumpMs = round.random.pick(jumps);
          await momentOf(round, desk, posting.posts);
          clock.shift(jumpMs);
          // Where the shim has no hold of the program, the round would prove nothing.
          if (whose === 'node')
            await waitFor(() => isAbout(node.origin, Date.now() + jumpMs), 'the server’s clock to jump');
          await momentOf(round, desk, posting.posts);
          if (round.random.chance(0.5)) clock.shift(0);
          await pause(round.random.between(0, 50));
          return { jumpHours: jumpMs / hour };
        });
      });
    }),
    1_200_000,
  );
});

/** Whether the server takes this for now: its answers say so, to the second. */
async function isAbout(origin: string, ms: number): Promise<boolean> {
  const response = await fetch(`${origin}/healthz`);
  return Math.abs(Date.parse(response.headers.get('date') ?? '') - ms) < 60_000;
}
