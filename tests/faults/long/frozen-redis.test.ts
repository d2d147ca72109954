import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { momentOf, postThrough } from '../driver/crash.ts';
import { Probe } from '../driver/probe.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T10', promise: 'P1, P12', what: 'Redis frozen (SIGSTOP) for 10 s, every fifth time 60 s' };

describe('a Redis that does not answer', () => {
  test(
    'T10 while Redis is frozen each request is answered within 5 s, pages are read, and nothing is lost or doubled',
    scene(async (stage) => {
      const node = await stage.node();
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts: 300 };
      await runRounds(plan, rounds(1, 5), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const probe = new Probe(desk.client, [`/${round.slug}`, '/healthz']);
          await probe.warm();
          const frozenAt = await momentOf(round, desk, posting.posts);
          const redis = node.redisPid();
          process.kill(redis, 'SIGSTOP');
          probe.start();
          await pause(round.number % 5 === 0 ? 60_000 : 10_000);
          const { faults, figures } = await probe.stop();
          process.kill(redis, 'SIGCONT');
          const longest = Math.round(desk.client.longestMs);
          return {
            frozenAt,
            ...figures,
            faults: longest > 5_000 ? [...faults, `a request waited ${longest} ms`] : faults,
          };
        }),
      );
    }),
    1_200_000,
  );
});
