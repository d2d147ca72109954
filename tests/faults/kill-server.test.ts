import { describe, test } from '@jest/globals';
import { waitFor } from '../support/wait-for.ts';
import { momentOf, postThrough } from './driver/crash.ts';
import { randomFrom } from './driver/random.ts';
import { type Round, runRounds } from './driver/round.ts';
import { scene } from './driver/scene.ts';
import { rounds } from './driver/settings.ts';

const plan = { test: 'T1', promise: 'P1', what: 'kill -9 of the server under 20 writers' };
const ofWorkers = { test: 'T1-workers', promise: 'P1, P2', what: 'kill -9 of one of 3 workers, or of their parent' };
const numbers = rounds(1, 50);

/** Decided before the round begins: who loses all workers at once comes back with jitter, who loses one finds the others. */
const victimOf = ({ seeds }: Round) => (randomFrom(...seeds, 'victim').chance(0.3) ? 'parent' : 'worker');
const patience = { parent: 25_000, worker: 10_000 };

describe('kill -9 of the server', () => {
  test(
    'T1 an acknowledged post survives kill -9 of the server and is there once',
    scene(async (stage) => {
      const node = await stage.node();
      const posts = numbers.length > 2 ? 1_000 : 200;
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

  test(
    'T1 the same where several workers serve, one of them is killed, or the process that keeps them',
    scene(async (stage) => {
      const node = await stage.node({ WORKERS: '3' });
      const withinMs = (round: Round) => patience[victimOf(round)];
      const readers = { count: 4, origin: () => node.origin, withinMs };
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts: 200, readers };
      await runRounds(ofWorkers, rounds(1, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posting.posts);
          const killed = victimOf(round);
          if (killed === 'worker') {
            process.kill(round.random.pick(node.workerPids()), 'SIGKILL');
            await waitFor(() => node.workerPids().length === 3, 'another worker in its place');
          } else {
            await node.end('SIGKILL');
            await node.start();
          }
          return { killed, killedAt };
        }),
      );
    }),
    1_200_000,
  );
});
