import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { waitFor } from '../../support/wait-for.ts';
import { postThrough } from '../driver/crash.ts';
import { Probe } from '../driver/probe.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';

const plan = { test: 'T6', promise: 'P1, P12', what: 'the disk is full (a tmpfs of 3 MB), then there is room again' };
const canMount = mount('-t', 'tmpfs', '-o', 'size=1m', 'none', '/mnt') && spawnSync('umount', ['/mnt']).status === 0;

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

describe('a full disk', () => {
  (canMount ? test : test.skip)(
    `T6 posts answer 503 while readers keep their page, and it recovers by itself${canMount ? '' : ' (no right to mount)'}`,
    scene(async (stage) => {
      const disk = join(stage.folder.path, 'disk');
      await runRounds(plan, rounds(1, 10), stage.folder, async (round) => {
        mkdirSync(disk, { recursive: true });
        if (!mount('-t', 'tmpfs', '-o', 'size=3m', 'none', disk)) throw new Error('tmpfs cannot be mounted');
        const node = await stage.node({}, { name: `disk-${round.number}`, dataDir: join(disk, 'data') });
        try {
          const readers = { count: 2, origin: () => node.origin, withinMs: () => 10_000 };
          const posting = {
            folder: stage.folder,
            origin: () => node.origin,
            writers: 10,
            posts: 900,
            sentences: 120,
            readers,
          };
          return await postThrough(round, posting, async (desk) => {
            const probe = new Probe(desk.client, [`/${round.slug}`, '/healthz']);
            await desk.ledger.reached(round.random.between(20, 100));
            await probe.warm();
            await waitFor(() => (desk.client.answers['503'] ?? 0) > 50, 'posts to be refused', { withinMs: 60_000 });
            const refusedAt = desk.ledger.all().length;
            await probe.warm();
            if (!mount('-o', 'remount,size=64m', disk)) throw new Error('tmpfs cannot be made larger');
            const begun = performance.now();
            const ready = async () => (await desk.client.call('/readyz')).status === 200;
            await waitFor(ready, 'the server to recover', { withinMs: 10_000 });
            return { refusedAt, backMs: Math.round(performance.now() - begun) };
          });
        } finally {
          await node.end();
          spawnSync('umount', [disk]);
        }
      });
    }),
    1_200_000,
  );
});
