import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Commands, connectTo, reached } from '../connection.ts';
import { keysWith } from '../keys.ts';
import { type Place, single } from '../place.ts';
import { findRedisProgram } from '../private/redis-program.ts';
import { newEpoch } from '../renew-epoch.ts';
import { NoSnapshot } from './snapshot.ts';

export class StoreInUse extends Error {
  override name = 'StoreInUse';
}

const keys = keysWith('dm');
const keysPerStep = 200;

/**
 * Puts snapshots back into an empty store, of whatever kind: a Redis of our own reads them, and every key is copied as it is. The list
 * of timelines comes last, after each log has got a new epoch, so until all is there nobody sees anything of it, and whoever
 * followed more than the backup has starts over. What was killed in the middle is done again from the beginning.
 */
export async function putBack(files: readonly string[], place: Place, log: Logger): Promise<string[]> {
  const target = connectTo(place, log);
  try {
    await reached(target, 10_000);
    if ((await target.scard(keys.timelines)) > 0)
      throw new StoreInUse('The store has timelines: a backup is restored into an empty one only.');
    const slugs = new Set<string>();
    // In a cluster one snapshot has the list, and each its own timelines.
    for (const file of files) for (const slug of await copyFrom(file, target, log)) slugs.add(slug);
    for (const slug of slugs) await renew(target, slug);
    if (slugs.size > 0) await target.sadd(keys.timelines, ...slugs);
    for (const slug of slugs) await target.publish(keys.wake, slug);
    return [...slugs].sort();
  } finally {
    target.disconnect();
  }
}

/** Gives every log of a store a new epoch, where its files were put back by other means. Answers the slugs. */
export async function renewEpochs(place: Place, log: Logger): Promise<string[]> {
  const target = connectTo(place, log);
  try {
    await reached(target, 10_000);
    const slugs = (await target.smembers(keys.timelines)).sort();
    for (const slug of slugs) {
      await renew(target, slug);
      await target.publish(keys.wake, slug);
    }
    return slugs;
  } finally {
    target.disconnect();
  }
}

/** Copies all keys of one snapshot; answers the slugs of its timelines. */
async function copyFrom(file: string, target: Commands, log: Logger): Promise<string[]> {
  const source = await readingRedis(file, log);
  try {
    const slugs = await source.redis.smembers(keys.timelines);
    for (let cursor = ''; cursor !== '0'; ) {
      const [next, found] = await source.redis.scan(cursor || '0', 'MATCH', 'dm:*', 'COUNT', keysPerStep);
      cursor = next;
      await Promise.all(found.filter(isKept).map((key) => copyKey(key, source.redis, target)));
    }
    return slugs;
  } finally {
    await source.stop();
  }
}

/** Who does a periodic job is no matter of yesterday’s nodes. */
const isKept = (key: string): boolean => key !== keys.timelines && !key.startsWith(keys.lease(''));

async function copyKey(key: string, source: Redis, target: Commands): Promise<void> {
  const dump = await source.dumpBuffer(key);
  if (dump === null) return;
  await target.restore(key, Math.max(0, await source.pttl(key)), dump, 'REPLACE');
}

/** The chain of hashes goes on from the epoch that it began with. */
async function renew(target: Commands, slug: string): Promise<void> {
  const { timeline } = keys.of(slug);
  const epoch = await target.hget(timeline, 'epoch');
  if (epoch === null) return;
  await target.hsetnx(timeline, 'chained', epoch);
  await target.hset(timeline, 'epoch', newEpoch());
}

/** A Redis that has read a snapshot, keeps nothing, and is reached by nobody else. */
async function readingRedis(file: string, log: Logger): Promise<{ redis: Redis; stop: () => Promise<void> }> {
  const program = findRedisProgram();
  if (!program) throw new NoSnapshot('redis-server (or valkey-server) is not on PATH: install it.');
  const folder = await mkdtemp(join(tmpdir(), 'daymark-restore-'));
  await copyFile(file, join(folder, 'store.rdb'));
  const socket = join(folder, 'redis.sock');
  const settings = { port: '0', unixsocket: socket, dir: folder, dbfilename: 'store.rdb', save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(program.server, args, { stdio: 'ignore' });
  const redis = connectTo(single(`unix://${socket}`), log) as Redis;
  const stop = async (): Promise<void> => {
    redis.disconnect();
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const failed = once(child, 'exit').then(() => {
      throw new NoSnapshot(`${program.server} can’t read the snapshot ${file}.`);
    });
    await Promise.race([reached(redis, 120_000), failed]);
    return { redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
