import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Cleanup } from './cleanup.ts';
import { monotonicMs } from './clock.ts';
import { onCore } from './pinned.ts';
import { isOurs } from './quiet.ts';

/** How long an idle node is looked at. */
const idleMs = 4_000;
const settings = '--port 0 --appendonly yes --appendfsync always --save --loglevel warning'.split(' ');

/** A Redis as the product demands it, fsync on every write, in a temporary folder on the server’s core. Resolves to its URL. */
export async function startRedis(cleanup: Cleanup): Promise<string> {
  const folder = cleanup.add(mkdtempSync(join(tmpdir(), 'dmb-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const path = join(folder, 'redis.sock');
  const { file, args } = onCore('server', [
    'redis-server',
    ...settings.flatMap((word) => (word === '--save' ? [word, ''] : [word])),
  ]);
  const child = spawn(file, [...args, '--unixsocket', path, '--dir', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  isOurs('server', child.pid);
  cleanup.add(child, async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  });
  const probe = new Redis({ path, retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on('error', () => undefined); // it is not there yet
  await probe.ping();
  probe.disconnect();
  return `unix://${path}`;
}

/** How often each command was called since the server started or the last `reset`. */
export async function commandCounts(url: string): Promise<Map<string, number>> {
  const redis = new Redis({ path: new URL(url).pathname });
  try {
    const lines = (await redis.info('commandstats')).matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm);
    return new Map([...lines].map(([, name = '', calls]) => [name, Number(calls)]));
  } finally {
    redis.disconnect();
  }
}

/** How many commands Redis was given while `work` was done, beyond those that an idle node gives it in that time anyway. */
export async function commandsBeyondIdle(redisUrl: string, work: () => Promise<unknown>): Promise<number> {
  const idlePerMs = (await commandsWhile(redisUrl, () => pause(idleMs))) / idleMs;
  const startMs = monotonicMs();
  const commands = await commandsWhile(redisUrl, work);
  return Math.max(0, commands - idlePerMs * (monotonicMs() - startMs));
}

async function commandsWhile(redisUrl: string, work: () => Promise<unknown>): Promise<number> {
  const total = async (): Promise<number> => [...(await commandCounts(redisUrl)).values()].reduce((a, b) => a + b, 0);
  const before = await total();
  await work();
  return (await total()) - before;
}
