import { readFileSync } from 'node:fs';
import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { Crowd } from '../driver/crowd.ts';
import { judgeCrowds } from '../driver/judge-crowds.ts';
import type { Node } from '../driver/node.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const crowdsOf = 2_000;
const followers = 10_000;

const plan = {
  test: 'T16',
  promise: 'P1, P2, P14',
  what: '10,000 followers come back at once after kill -9 of a server of two workers, under posts',
};

describe('a reconnect storm', () => {
  test(
    'T16 10,000 followers who lost their server are complete again, each change once and in order, and posting went on',
    scene(async (stage) => {
      const node = await stage.node({ WORKERS: '2' });
      const posting = {
        folder: stage.folder,
        origin: () => node.origin,
        writers: 2,
        posts: 300,
        days: 1,
        sentences: 12,
      };
      await runRounds(plan, rounds(1, 3), stage.folder, (round) =>
        postThrough(round, posting, async (desk, work) => {
          const crowds = Array.from({ length: followers / crowdsOf }, () => new Crowd(crowdsOf));
          try {
            await Promise.all(crowds.map((crowd) => crowd.open(node.port, round.slug)));
            await momentOf(round, desk, posting.posts);
            await node.end('SIGKILL');
            await node.start();
            const readyMs = node.readyMs;
            const ready = performance.now();
            await work;
            const { faults, figures } = await judgeCrowds(desk, crowds, 60_000);
            const completeMs = Math.round(performance.now() - ready);
            return { faults, ...figures, readyMs, completeMs, workerMebibytes: peaks(node) };
          } finally {
            for (const crowd of crowds) crowd.end();
          }
        }),
      );
    }),
    1_200_000,
  );
});

/** The most memory that each worker has held. */
const peaks = (node: Node): number[] =>
  node.workerPids().map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
  });
