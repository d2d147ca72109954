import { readFileSync } from 'node:fs';
import { type Commands, reach } from './connection.ts';

const script = readFileSync(new URL('./scripts/read.lua', import.meta.url), 'utf8');

export type Read = [
  command: 'HGET' | 'HMGET' | 'HVALS' | 'HLEN' | 'LINDEX' | 'ZREVRANGE' | 'ZREVRANGEBYLEX' | 'ZRANGEBYLEX',
  key: string,
  ...args: string[],
];

type Scripted = Commands & { daymarkRead1(keyCount: number, ...keysAndReads: string[]): Promise<unknown> };

/** Several reads of one timeline at one moment, and in one command, however many. Throws StoreUnavailable. */
export function readAtOnce<T extends unknown[]>(redis: Commands, reads: readonly Read[]): Promise<T> {
  const keys = [...new Set(reads.map(([, key]) => key))];
  const numbers = new Map(keys.map((key, i) => [key, i + 1]));
  const commands = JSON.stringify(reads.map(([name, key, ...args]) => [name, numbers.get(key), ...args]));
  if (!isScripted(redis)) redis.defineCommand('daymarkRead1', { lua: script, readOnly: true });
  return reach((redis as Scripted).daymarkRead1(keys.length, ...keys, commands)) as Promise<T>;
}

const isScripted = (redis: Commands): redis is Scripted => 'daymarkRead1' in redis;
