import type { RedisOptions } from 'ioredis';
import { databaseOf, hostOf, type Place, type Tls } from './place.ts';

/** After this long without an answer a command fails; whether it happened is then unknown. */
export const commandTimeoutMs = 3_000;
/** A socket that owes an answer for this long is half open or its peer is frozen: it is dropped and dialled anew. */
const socketTimeoutMs = 5_000;
const reconnectMostMs = 1_000;
/** How our connections call themselves: by this an abandoned private Redis is told from one in use. */
export const connectionName = 'daymark';

/** Waits of growing length, and not the same for all nodes that lost the same Redis. */
export const retryDelayMs = (attempt: number): number => {
  const ceiling = Math.min(reconnectMostMs, 25 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + Math.random() * (ceiling / 2));
};

export const everyConnection = {
  connectTimeout: 5_000,
  disconnectTimeout: 500,
  connectionName,
  maxLoadingRetryTime: 500,
  keepAlive: 5_000,
  disableClientInfo: true,
} satisfies RedisOptions;

/** `autoResendUnfulfilledCommands: false` alone would leave commands in flight pending until their timeout. */
export const failingFast = {
  commandTimeout: commandTimeoutMs,
  socketTimeout: socketTimeoutMs,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
} satisfies RedisOptions;

/** Options of a connection to one Redis: the one that is named, the primary that sentinels name, or the cluster’s `turn`th. */
export function optionsFor({ at, tls }: Place, turn = 0): Omit<RedisOptions, 'replyMapping'> {
  if (at.kind === 'single') return addressOf(at.url, tls);
  if (at.kind === 'cluster') return addressOf(at.urls[turn % at.urls.length] ?? '', tls);
  const { host: _host, port: _port, ...primary } = addressOf(at.url, tls);
  return {
    ...primary,
    ...(primary.tls ? { sentinelTLS: primary.tls, enableTLSForSentinelMode: true } : {}),
    ...(at.password === null ? {} : { sentinelPassword: at.password }),
    sentinels: [...at.hosts],
    name: at.primary,
    role: 'master',
    failoverDetector: true,
    sentinelRetryStrategy: retryDelayMs,
  };
}

type Address = Pick<RedisOptions, 'username' | 'password' | 'db' | 'host' | 'path' | 'tls'> & { port?: number };

/** `redis://`, `rediss://` and `unix:///path/to.sock`, each with optional `user:password@` and `?db=`. */
export function addressOf(url: string, tls: Tls): Address {
  const parts = new URL(url);
  const address: Address = {};
  if (parts.username) address.username = decodeURIComponent(parts.username);
  if (parts.password) address.password = decodeURIComponent(parts.password);
  const db = databaseOf(parts);
  if (db) address.db = Number(db);
  if (parts.protocol === 'unix:') return { ...address, path: decodeURIComponent(parts.pathname) };
  if (parts.protocol === 'rediss:') address.tls = { ...tls };
  return { ...address, ...hostOf(parts, 6379) };
}
