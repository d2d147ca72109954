import { mkdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { asUnavailable, connect, connectSubscriber, reached } from '../../server/store/connection.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { freshPrefix, sharedRedisUrl, startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const log = pino({ level: 'silent' });
const opened: { disconnect(): void }[] = [];
const kept = <T extends Redis>(redis: T): T => {
  opened.push(redis);
  return redis;
};

afterEach(() => {
  for (const redis of opened.splice(0)) redis.disconnect();
});

describe('connection', () => {
  test('COMMIT20 a store that is away is told at once, in flight or not, and used again when it is back', async () => {
    const first = await startRedis();
    const folder = first.url.replace('unix://', '').replace('/redis.sock', '');
    const redis = kept(connect(first.url, log));
    await reached(redis, 5_000);
    first.process.kill('SIGSTOP');
    const inFlight = redis.set('a', '1').catch(asUnavailable);
    inFlight.catch(() => undefined);
    await first.end('SIGKILL');
    await expect(inFlight).rejects.toThrow(StoreUnavailable);
    await expect(redis.get('a').catch(asUnavailable)).rejects.toThrow(StoreUnavailable);
    mkdirSync(folder, { recursive: true });
    const second = await startRedis([], folder);
    await reached(redis, 5_000);
    expect(await redis.get('a')).toBeNull();
    await second.end();
  });

  test('COMMIT21 a frozen store answers with store-unavailable within its time limit', async () => {
    const frozen = await startRedis();
    const redis = kept(connect(frozen.url, log));
    await reached(redis, 5_000);
    frozen.process.kill('SIGSTOP');
    await expect(redis.get('a').catch(asUnavailable)).rejects.toThrow(/timed out/);
    await frozen.end('SIGKILL');
  });

  test('START15 refusals of a wrong command are not taken for an absent store', async () => {
    const redis = kept(connect(sharedRedisUrl(), log));
    await reached(redis, 5_000);
    const key = freshPrefix();
    await redis.set(key, 'text');
    const refused = redis.incr(key).catch(asUnavailable);
    await expect(refused).rejects.not.toThrow(StoreUnavailable);
    await expect(refused).rejects.toThrow(/not an integer/);
  });

  test('START16 a subscription comes back by itself after its connection was cut', async () => {
    const channel = freshPrefix();
    const listener = kept(connectSubscriber(sharedRedisUrl(), log));
    const speaker = kept(connect(sharedRedisUrl(), log));
    await reached(speaker, 5_000);
    const heard: string[] = [];
    listener.on('message', (_channel: string, message: string) => heard.push(message));
    await listener.subscribe(channel);
    await speaker.publish(channel, 'before');
    await waitFor(() => heard.length === 1, 'the first message');
    await speaker.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await waitFor(async () => Number((await speaker.publish(channel, 'after')) ?? 0) > 0, 'the subscription');
    await waitFor(() => heard.includes('after'), 'the message after the cut');
  });

  test('START17 an address that nobody answers is given up after the time allowed, with the reason', async () => {
    const redis = kept(connect('unix:///nowhere/redis.sock', log));
    await expect(reached(redis, 300)).rejects.toThrow(/ENOENT/);
  });
});
