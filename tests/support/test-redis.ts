import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { temporaryFolder } from './temporary-folder.ts';
import { waitFor } from './wait-for.ts';

/** The Redis that the whole jest run shares, started by its global setup. Keep apart in it with `freshPrefix()`. */
export function sharedRedisUrl(): string {
  const url = process.env['TEST_REDIS_URL'];
  if (!url) throw new Error('TEST_REDIS_URL is not set: run the tests through jest, whose global setup starts a Redis');
  return url;
}

/** A key prefix that nobody else uses: for RedisStore’s option `prefix`. */
export const freshPrefix = (): string => `t-${randomBytes(6).toString('hex')}`;

/** Settings with which the durability check is content. */
export const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--aof-load-truncated', 'no'];

export interface TestRedis {
  url: string;
  process: ChildProcess;
  /** Sends the signal and waits for the process to be gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * A Redis of one’s own on a unix socket, without persistence unless `settings` say otherwise. `folder` keeps its data over
 * several starts; without it a temporary one goes with `end()`. `behind`: a command that runs it.
 */
export async function startRedis(
  settings: readonly string[] = [],
  folder?: string,
  behind: readonly string[] = untilParentEnds(),
): Promise<TestRedis> {
  const own = folder === undefined ? temporaryFolder() : { path: folder, remove: () => undefined };
  const socket = join(own.path, 'redis.sock');
  const base = ['--port', '0', '--unixsocket', socket, '--dir', own.path, '--save', '', '--loglevel', 'warning'];
  const [command = '', ...args] = [...behind, redisProgram(), ...base, ...settings];
  mendLog(own.path);
  const child = spawn(command, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  const url = `unix://${socket}`;
  await answers(socket);
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal); // has no effect where it has ended already
    await gone;
    own.remove();
  };
  return { url, process: child, end };
}

/** What an operator does whose Redis was killed in the middle of a write (docs/operations.md). */
function mendLog(folder: string): void {
  const manifest = join(folder, 'appendonlydir', 'appendonly.aof.manifest');
  if (!existsSync(manifest)) return;
  const { status, stdout } = spawnSync('redis-check-aof', ['--fix', manifest], { input: 'y\n', encoding: 'utf8' });
  if (status !== 0) throw new Error(`redis-check-aof ended with ${status}: ${stdout}`);
}

async function answers(socket: string): Promise<void> {
  const redis = new Redis({
    path: socket,
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
    disableClientInfo: true,
  });
  redis.on('error', () => undefined); // it is not there yet
  await waitFor(() => redis.status === 'ready', 'the test’s Redis');
  redis.disconnect();
}

/** A run that is killed has no teardown; its Redis must not stay behind for ever. */
export function untilParentEnds(): string[] {
  const help = spawnSync('setpriv', ['--help'], { encoding: 'utf8' });
  return help.stdout?.includes('--pdeathsig') ? ['setpriv', '--pdeathsig', 'KILL'] : [];
}

export function redisProgram(): string {
  const found = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!found) throw new Error('There is neither redis-server nor valkey-server on PATH; `npm test` installs one');
  return found;
}
