import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { waitFor } from '../../support/wait-for.ts';
import { momentOf, postThrough } from '../driver/crash.ts';
import { isAlive, type Node } from '../driver/node.ts';
import { runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import { SyncRecord, whyNoShims } from '../driver/shim.ts';

const reason = whyNoShims();

describe.each([0, 20])('power loss, each fsync taking %i ms more', (delayMs) => {
  const what = `power loss: what no finished fsync covers is cut off (fsync +${delayMs} ms)`;
  const plan = { test: `T4-${delayMs}ms`, promise: 'P1', what };
  (reason === null ? test : test.skip)(
    `T4 an acknowledged post survives the loss of everything that was not on disk${reason === null ? '' : ` (${reason})`}`,
    scene(async (stage) => {
      const record = new SyncRecord(stage.folder.path, delayMs);
      const node = await stage.node(record.environment);
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 20, posts: delayMs > 0 ? 200 : 400 };
      await runRounds(plan, rounds(1, 20), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const killedAt = await momentOf(round, desk, posting.posts);
          const redis = node.redisPid();
          for (const pid of [redis, node.pid]) process.kill(pid, 'SIGKILL');
          await node.end('SIGKILL');
          await waitFor(() => !isAlive(redis), 'the end of Redis');
          const cutBytes = losePower(node, record.onDisk());
          await node.start();
          return { killedAt, cutBytes, readyMs: node.readyMs };
        }),
      );
    }),
    1_200_000,
  );
});

/** Cuts each append-only file where the disk had it for certain; how many bytes went. */
function losePower(node: Node, onDisk: ReadonlyMap<string, number>): number {
  const folder = join(node.dataDir, 'redis', 'appendonlydir');
  const incremental = readdirSync(folder).filter((name) => name.endsWith('.incr.aof'));
  return incremental.reduce((cut, name) => {
    const path = join(folder, name);
    const kept = onDisk.get(path) ?? 0;
    const { size } = statSync(path);
    truncateSync(path, Math.min(size, kept));
    return cut + Math.max(0, size - kept);
  }, 0);
}
