import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { waitFor } from '../../support/wait-for.ts';
import { postThrough } from '../driver/crash.ts';
import { Probe } from '../driver/probe.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T24', promise: 'P1, P12', what: 'Redis reaches its memory limit' };

describe('a Redis whose memory is full', () => {
  test(
    'T24 posts are refused whole while pages are read, and go on when there is room again',
    scene(async (stage) => {
      const redis = await stage.redis();
      const control = new Redis({ path: redis.socket });
      stage.ends(() => control.disconnect());
      const node = await stage.node({ REDIS_URL: redis.url });
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 10, posts: 200, sentences: 3_000 };
      await runRounds(plan, rounds(1, 5), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const used = Number(/used_memory:(\d+)/.exec(await control.info('memory'))?.[1]);
          await control.config('SET', 'maxmemory', used + round.random.between(2, 12) * 1024 * 1024);
          await waitFor(() => (desk.client.answers['503'] ?? 0) > 20, 'posts to be refused');
          const probe = new Probe(desk.client, [
            '/',
            '/healthz',
            `/${round.slug}`,
            `/api/v1/timelines/${round.slug}/days`,
          ]);
          await probe.warm();
          const refusedAt = desk.ledger.all().length;
          await control.config('SET', 'maxmemory', 0);
          return { refusedAt };
        }),
      );
    }),
    600_000,
  );
});
