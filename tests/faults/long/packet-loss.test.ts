import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { canLosePackets, hasOwnNetwork, losePackets, runInOwnNetwork } from '../driver/lossy-loopback.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = {
  test: 'T14-loss',
  promise: 'P2, P3',
  what: '30 % of the packets between readers and server lost at random, for 2–8 s',
};

/** From the moment when packets get through again; a lost one is sent anew after pauses that double. */
const completeWithinMs = 20_000;

const inOwnNetwork = hasOwnNetwork ? describe : describe.skip;
const outside = !hasOwnNetwork && canLosePackets() ? test : test.skip;

outside(
  'T14 (needs root and nft) all of the below, in a network of its own',
  () => {
    const { status, output } = runInOwnNetwork(fileURLToPath(import.meta.url));
    process.stdout.write(output);
    expect(status).toBe(0);
  },
  3_600_000,
);

inOwnNetwork('a network that loses packets', () => {
  test(
    'T14 readers are complete when packets get through again, each change told once and in order',
    scene(async (stage) => {
      const node = await stage.node();
      const { wire, origin: behind } = await stage.wireToNodes(node);
      const readers = { count: 5, origin: () => behind, withinMs: () => completeWithinMs };
      const origin = () => node.origin;
      const posting = { folder: stage.folder, origin, writers: 4, posts: 50, editors: 2, edits: 20, readers };
      await runRounds(plan, rounds(2, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const struckAt = await momentOf(round, desk, posting.posts);
          const loss = losePackets(Number(new URL(wire.url).port), 30);
          const ms = round.random.between(2_000, 8_000);
          await pause(ms);
          loss.end();
          return { struckAt, lossyMs: ms };
        }),
      );
    }),
    3_600_000,
  );
});
