import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Cluster } from 'ioredis';
import type { Logger } from 'pino';
import { connectTo, reached } from '../connection.ts';
import { databaseOf, type Place } from '../place.ts';
import { findRedisProgram } from '../private/redis-program.ts';

export class NoSnapshot extends Error {
  override name = 'NoSnapshot';
}

/**
 * Writes what a Redis holds at one moment to a file, as a replica would get it: the Redis is not stopped, needs no access to its
 * disk, and everything that it acknowledged before is in it. Of a cluster each primary gives a file of its own; their moments differ,
 * but all of a timeline lies at one of them.
 */
export async function takeSnapshots(place: Place, log: Logger, fileOf: (number: number) => string): Promise<string[]> {
  const program = findRedisProgram();
  if (!program) throw new NoSnapshot('redis-cli (or valkey-cli) is not on PATH: install it.');
  const files: string[] = [];
  for (const [number, target] of (await targetsOf(place, log)).entries()) {
    const file = fileOf(number);
    await run(program.cli, [...target.args, '--rdb', file], target.password);
    files.push(file);
  }
  return files;
}

interface Target {
  args: string[];
  password: string | null;
}

async function targetsOf(place: Place, log: Logger): Promise<Target[]> {
  const { at } = place;
  if (at.kind === 'sentinels' || Object.keys(place.tls).length > 0 || JSON.stringify(at).includes('rediss://'))
    throw new NoSnapshot(
      'Behind sentinels or TLS, take the snapshot with redis-cli --rdb yourself: docs/operations.md.',
    );
  if (at.kind === 'single') return [targetOf(new URL(at.url))];
  const cluster = connectTo(place, log);
  try {
    await reached(cluster, 10_000);
    const first = new URL(at.urls[0] ?? '');
    const primaries = cluster instanceof Cluster ? cluster.nodes('master') : [];
    return primaries.map(({ options: { host, port } }) => {
      const url = new URL(first);
      url.host = `${host}:${port}`;
      return targetOf(url);
    });
  } finally {
    cluster.disconnect();
  }
}

function targetOf(url: URL): Target {
  const where = url.protocol === 'unix:' ? ['-s', url.pathname] : ['-h', url.hostname, '-p', url.port || '6379'];
  const user = url.username === '' ? [] : ['--user', decodeURIComponent(url.username)];
  if (databaseOf(url) !== '' && databaseOf(url) !== '0')
    throw new NoSnapshot(
      'A snapshot has all databases of a Redis; Daymark’s must be database 0 to be restored from it.',
    );
  return { args: [...where, ...user], password: url.password === '' ? null : decodeURIComponent(url.password) };
}

/** The password goes by the environment: arguments are shown to everybody on the machine. */
async function run(command: string, args: string[], password: string | null): Promise<void> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', ...(password === null ? {} : { REDISCLI_AUTH: password }) };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  const said = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new NoSnapshot(`${command} --rdb ended with ${code}: ${(await said).trim().slice(0, 500)}`);
}
