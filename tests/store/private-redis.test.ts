import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { connect, reached } from '../../server/store/connection.ts';
import { borrowPrivateRedis, FolderInUse, openPrivateRedis } from '../../server/store/private-redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const log = pino({ level: 'silent' });
const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function newDataDir(): string {
  const folder = temporaryFolder();
  undo.push(folder.remove);
  return join(folder.path, 'data');
}

async function open(dataDir: string) {
  const opened = await openPrivateRedis({ dataDir, pid: process.pid, log });
  undo.push(() => opened.stop());
  return { ...opened, redis: await use(opened.url) };
}

async function use(url: string): Promise<Redis> {
  const redis = connect(url, log);
  undo.push(() => redis.disconnect());
  await reached(redis, 5_000);
  return redis;
}

const pidOf = async (redis: Redis): Promise<number> => Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);

/** What the commit script does: several keys in one step. */
const write = (redis: Redis, n: number) =>
  redis.eval(`redis.call('SET', KEYS[1], ARGV[1]) redis.call('SET', KEYS[2], ARGV[1])`, 2, 'a', 'b', `${n}`);

/** Leaves a data folder with ten writes in it, whose Redis has ended. Answers the file that holds them. */
async function writtenTo(dataDir: string): Promise<string> {
  const { redis, stop } = await open(dataDir);
  for (let n = 1; n <= 10; n += 1) await write(redis, n);
  redis.disconnect(); // it would come back to the next Redis there, and be taken for a living server
  await stop();
  const folder = join(dataDir, 'redis', 'appendonlydir');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.incr.aof')) ?? '');
}

describe('private Redis', () => {
  test('START4 it keeps every write on disk, listens on no port, and its folder is its user’s alone', async () => {
    const dataDir = newDataDir();
    const { redis } = await open(dataDir);
    const setting = async (name: string) => (await redis.call('CONFIG', 'GET', name)) as string[];
    expect(await setting('appendonly')).toEqual(['appendonly', 'yes']);
    expect(await setting('appendfsync')).toEqual(['appendfsync', 'always']);
    expect(await setting('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await setting('port')).toEqual(['port', '0']);
    expect(statSync(join(dataDir, 'redis')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'redis', 'redis.sock')).mode & 0o077).toBe(0);
  });

  test('START7 a Redis that is killed under a living server is back, with all that was answered', async () => {
    const { redis } = await open(newDataDir());
    for (let n = 1; n <= 10; n += 1) await write(redis, n);
    const first = await pidOf(redis);
    process.kill(first, 'SIGKILL');
    // INFO is answered while Redis is still loading; other commands are not.
    await waitFor(async () => (await pidOf(redis)) !== first && redis.status === 'ready', 'another Redis');
    expect(await redis.mget('a', 'b')).toEqual(['10', '10']);
    await write(redis, 11);
  });

  test.each([1, 100, 4_096, 8_192])('START8 %i bytes of zeros at the end are cut off and kept aside', async (bytes) => {
    const dataDir = newDataDir();
    const file = await writtenTo(dataDir);
    appendFileSync(file, Buffer.alloc(bytes));
    const { redis } = await open(dataDir);
    expect(await redis.mget('a', 'b')).toEqual(['10', '10']);
    const kept = readdirSync(join(dataDir, 'redis')).find((name) => name.startsWith('cut-')) ?? '';
    expect(readFileSync(join(dataDir, 'redis', kept))).toEqual(Buffer.alloc(bytes));
  });

  test('START8 what was cut off is kept for seven days: a takedown does not reach it', async () => {
    const dataDir = newDataDir();
    await writtenTo(dataDir);
    for (const [name, days] of [['cut-old', 8] as const, ['cut-new', 6] as const]) {
      const path = join(dataDir, 'redis', name);
      writeFileSync(path, 'torn');
      utimesSync(path, new Date(), new Date(Date.now() - days * 86_400_000));
    }
    await open(dataDir);
    expect(readdirSync(join(dataDir, 'redis')).filter((name) => name.startsWith('cut-'))).toEqual(['cut-new']);
  });

  test('START8 a write torn in the middle is dropped whole, with zeros behind it and without', async () => {
    for (const zeros of [0, 512]) {
      const dataDir = newDataDir();
      const file = await writtenTo(dataDir);
      truncateSync(file, statSync(file).size - 40);
      appendFileSync(file, Buffer.alloc(zeros));
      const { redis } = await open(dataDir);
      expect(await redis.mget('a', 'b')).toEqual(['9', '9']);
    }
  });

  test('START8 nothing of a torn write is done with the write after it, at no later start', async () => {
    const dataDir = newDataDir();
    const file = await writtenTo(dataDir);
    // Its first step is whole and the second is torn: Redis itself would cut off that one alone, and leave the other open.
    const torn = [
      '*1',
      '$5',
      'MULTI',
      '*3',
      '$3',
      'SET',
      '$1',
      'c',
      '$2',
      '11',
      '*3',
      '$3',
      'SET',
      '$1',
      'd',
      '$2',
      '1',
    ];
    appendFileSync(file, torn.join('\r\n'));
    for (const n of [12, 13]) {
      const { redis, stop } = await open(dataDir);
      await write(redis, n);
      expect(await redis.mget('a', 'b', 'c', 'd')).toEqual([`${n}`, `${n}`, null, null]);
      redis.disconnect();
      await stop();
    }
  });

  test('START8 a torn write may carry zeros of its own, as the index of words does', async () => {
    const dataDir = newDataDir();
    const file = await writtenTo(dataDir);
    const before = ['*1', '$5', 'MULTI', '*3', '$6', 'APPEND', '$1', 'w', '$8', ''].join('\r\n');
    const torn = Buffer.concat([Buffer.from(before), Buffer.from([1, 0, 0, 7, 0])]);
    appendFileSync(file, Buffer.concat([torn, Buffer.alloc(512)]));
    const { redis } = await open(dataDir);
    expect(await redis.mget('a', 'b', 'w')).toEqual(['10', '10', null]);
  });

  test.each([0, 512])(
    'START8 damage in the middle is left alone and named, also with %i zeros at the end',
    async (zeros) => {
      const dataDir = newDataDir();
      const file = await writtenTo(dataDir);
      const content = Buffer.concat([readFileSync(file), Buffer.alloc(zeros)]);
      content.write('damaged!', Math.floor((content.length - zeros) / 2));
      writeFileSync(file, content);
      // Cutting there would lose what was acknowledged.
      await expect(open(dataDir)).rejects.toThrow(/does not start: .*redis-check-aof --fix/);
      expect(readFileSync(file)).toEqual(content);
    },
  );

  test('START9 a folder in use is refused, and the first goes on', async () => {
    const dataDir = newDataDir();
    const { redis } = await open(dataDir);
    const refused = openPrivateRedis({ dataDir, pid: process.pid, log });
    await expect(refused).rejects.toThrow(FolderInUse);
    await expect(refused).rejects.toThrow(`process ${process.pid}`);
    await write(redis, 1);
  });

  test('START6 a Redis without its server, answering or not, gives way to a new one on the same data', async () => {
    for (const signal of ['SIGCONT', 'SIGSTOP'] as const) {
      const dataDir = newDataDir();
      await writtenTo(dataDir);
      const folder = join(dataDir, 'redis');
      const settings = ['--pidfile', join(folder, 'redis.pid'), '--appendonly', 'yes', '--appendfsync', 'always'];
      const orphan = await startRedis(settings, folder, ['flock', '-n', '-F', join(folder, 'lock')]);
      orphan.process.kill(signal);
      undo.push(() => orphan.end('SIGKILL'));
      const { redis } = await open(dataDir);
      expect(await redis.mget('a', 'b')).toEqual(['10', '10']);
      expect(orphan.process.exitCode ?? orphan.process.signalCode).not.toBeNull();
    }
  });

  test('START10 a path too long for a socket works like any other', async () => {
    const dataDir = join(newDataDir(), 'a-long-name-'.repeat(12), 'with spaces and ?# in it');
    mkdirSync(dataDir, { recursive: true });
    const { redis, url } = await open(dataDir);
    expect(url.length).toBeLessThan(110);
    await write(redis, 1);
  });

  test('START20 a command borrows the Redis of a running server, and starts it where none runs', async () => {
    const dataDir = newDataDir();
    const server = await open(dataDir);
    await write(server.redis, 1);
    const borrowed = await borrowPrivateRedis({ dataDir, pid: process.pid, log });
    expect(borrowed.url).toBe(server.url);
    await borrowed.stop();
    await write(server.redis, 2);
    await server.stop();
    const own = await borrowPrivateRedis({ dataDir, pid: process.pid, log });
    undo.push(() => own.stop());
    expect(await (await use(own.url)).get('a')).toBe('2');
  });

  test('START20 a server that starts while a command has the data waits for it', async () => {
    const dataDir = newDataDir();
    const command = await borrowPrivateRedis({ dataDir, pid: process.pid, log });
    await write(await use(command.url), 3);
    const server = open(dataDir);
    await command.stop();
    expect(await (await server).redis.get('a')).toBe('3');
  });
});
