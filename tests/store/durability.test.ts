import { afterEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { connect, reached } from '../../server/store/connection.ts';
import { claimFormat, inspectRedis } from '../../server/store/durability.ts';
import { silent } from '../support/spine.ts';
import { durable, startRedis, type TestRedis } from '../support/test-redis.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function redisWith(settings: readonly string[]): Promise<{ redis: Redis; server: TestRedis }> {
  const server = await startRedis(settings);
  const redis = connect(server.url, silent);
  ends.push(
    () => server.end('SIGKILL'),
    () => redis.disconnect(),
  );
  await reached(redis, 5_000);
  return { redis, server };
}

describe('durability', () => {
  test('START13 settings that keep what is acknowledged are content', async () => {
    const { redis } = await redisWith(durable);
    expect(await inspectRedis(redis)).toEqual({ unusable: [], unsafe: [], advice: [] });
  });

  test.each([
    [['--appendonly', 'no', '--appendfsync', 'always'], 'appendonly yes'],
    [['--appendonly', 'yes', '--appendfsync', 'everysec'], 'appendfsync always'],
    [[...durable, '--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'], 'maxmemory-policy noeviction'],
    [[...durable, '--maxmemory-policy', 'volatile-ttl'], 'maxmemory-policy noeviction'],
  ])('START13 %j is one sentence with the line to change', async (settings, line) => {
    const { redis } = await redisWith(settings);
    const { unusable, unsafe } = await inspectRedis(redis);
    expect({ unusable, count: unsafe.length }).toEqual({ unusable: [], count: 1 });
    expect(unsafe[0]).toContain(`Put the line “${line}” into redis.conf`);
  });

  test('START13 one that would do the rest of a torn write later is taken, with the line to change', async () => {
    const { redis } = await redisWith([...durable, '--aof-load-truncated', 'yes']);
    const { unusable, unsafe, advice } = await inspectRedis(redis);
    expect([unusable, unsafe]).toEqual([[], []]);
    expect(advice).toEqual([expect.stringContaining('“aof-load-truncated no”')]);
  });

  test('START13 where settings may not be read, that is what is said', async () => {
    const { redis } = await redisWith(['--rename-command', 'CONFIG', '']);
    const { unsafe } = await inspectRedis(redis);
    expect(unsafe).toEqual([expect.stringContaining('forbids CONFIG GET'), expect.stringContaining('appendonly no')]);
  });

  test('START14 a replica and a cluster node are named for what they are', async () => {
    const replica = await redisWith([...durable, '--replicaof', '127.0.0.1 1']);
    expect((await inspectRedis(replica.redis)).unusable).toEqual([expect.stringContaining('replica')]);
    const node = await redisWith([...durable, '--cluster-enabled', 'yes']);
    expect((await inspectRedis(node.redis)).unusable).toEqual([expect.stringContaining('cluster')]);
  });

  test('START14 data in a newer format are refused, our own are opened again', async () => {
    const { redis } = await redisWith([]);
    expect(await claimFormat(redis, 'f')).toBeNull();
    expect(await claimFormat(redis, 'f')).toBeNull();
    expect(await redis.get('f')).toBe('1');
    await redis.set('f', '2');
    expect(await claimFormat(redis, 'f')).toMatch(/in format 2, and this Daymark knows format 1/);
  });
});
