import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { StoreUnavailable } from './store.ts';

/** After this long without an answer a command fails; whether it happened is then unknown. */
export const commandTimeoutMs = 3_000;
/** A socket that owes an answer for this long is half open or its peer is frozen: it is dropped and dialled anew. */
const socketTimeoutMs = 5_000;
const reconnectMostMs = 1_000;
const bellTestMs = 5_000;
/** How our connections call themselves: by this an abandoned private Redis is told from one in use. */
export const connectionName = 'daymark';

/**
 * A connection for commands. They fail fast: nothing waits in a queue while Redis is away, and nothing is ever sent a second
 * time after a cut (ioredis’s default doubled 1,000 of 227,373 writes): repeating is the caller’s business, who has the
 * idempotency key. `maxRetriesPerRequest: 0` is what settles commands in flight at once; `autoResendUnfulfilledCommands:
 * false` alone would leave them pending until their timeout.
 */
export function connect(url: string, log: Logger): Redis {
  const redis = new Redis({
    ...addressOf(url),
    ...shared,
    commandTimeout: commandTimeoutMs,
    socketTimeout: socketTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  });
  report(redis, log.child({ connection: 'commands' }));
  return redis;
}

/**
 * A connection for subscriptions alone. It subscribes again by itself after each reconnection, and tests the silence: a
 * subscriber sends nothing, so it would not notice for a quarter of an hour that its peer is gone.
 */
export function connectSubscriber(url: string, log: Logger): Redis {
  const redis = new Redis({ ...addressOf(url), ...shared, enableOfflineQueue: true, maxRetriesPerRequest: null });
  report(redis, log.child({ connection: 'subscriber' }));
  testSilence(redis, log);
  return redis;
}

/**
 * Resolves once Redis is reached and has loaded its data; throws `StoreUnavailable`, with the last reason, after `withinMs` or
 * when `given` up.
 */
export async function reached(redis: Redis, withinMs: number, given?: AbortSignal): Promise<void> {
  if (redis.status === 'ready') return;
  let reason = 'no answer';
  await new Promise<void>((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      given?.removeEventListener('abort', giveUp);
      redis.off('ready', onReady).off('error', onError);
      then();
    };
    const onReady = () => settle(resolve);
    const onError = (error: Error) => {
      reason = reasonOf(error);
    };
    const giveUp = () => settle(() => reject(new StoreUnavailable(`Redis cannot be reached: ${reason}`)));
    const timer = setTimeout(giveUp, withinMs);
    given?.addEventListener('abort', giveUp);
    redis.on('ready', onReady).on('error', onError);
  });
}

/** For `.catch(asUnavailable)`: throws `StoreUnavailable` where Redis could not do its work now, and the error itself otherwise. */
export function asUnavailable(error: unknown): never {
  if (error instanceof StoreUnavailable || !isUnavailable(error)) throw error;
  throw new StoreUnavailable(`Redis did not answer: ${reasonOf(error)}`, { cause: error });
}

/** What stands at the beginning of Redis’s own refusals that pass by themselves or by an operator’s hand. */
const passingRefusals =
  /^(LOADING|MISCONF|READONLY|OOM|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS|ERR max number of clients)/;
const clientFailures =
  /^(Connection is closed|Stream isn't writeable|Command timed out|Command aborted|Socket timeout|Reached the max retries)/;
const socketFailures = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ENOENT EACCES ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH'.split(
    ' ',
  ),
);

function isUnavailable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error.name === 'MaxRetriesPerRequestError' || error.name === 'AbortError') return true;
  if ('code' in error && typeof error.code === 'string' && socketFailures.has(error.code)) return true;
  return error.name === 'ReplyError' ? passingRefusals.test(error.message) : clientFailures.test(error.message);
}

const shared = {
  connectTimeout: 5_000,
  disconnectTimeout: 500,
  connectionName,
  maxLoadingRetryTime: 500,
  keepAlive: 5_000,
  disableClientInfo: true,
  retryStrategy: (attempt: number) => {
    const ceiling = Math.min(reconnectMostMs, 25 * 2 ** Math.min(attempt, 10));
    return Math.round(ceiling / 2 + Math.random() * (ceiling / 2));
  },
} satisfies RedisOptions;

type Address = Pick<RedisOptions, 'username' | 'password' | 'db' | 'host' | 'path' | 'tls'> & { port?: number };

/** `redis://`, `rediss://` and `unix:///path/to.sock`, each with optional `user:password@` and `?db=`. */
function addressOf(url: string): Address {
  const parts = new URL(url);
  const address: Address = {};
  if (parts.username) address.username = decodeURIComponent(parts.username);
  if (parts.password) address.password = decodeURIComponent(parts.password);
  const db = parts.searchParams.get('db') ?? (parts.protocol === 'unix:' ? '' : parts.pathname.slice(1));
  if (db) address.db = Number(db);
  if (parts.protocol === 'unix:') return { ...address, path: decodeURIComponent(parts.pathname) };
  if (parts.protocol === 'rediss:') address.tls = {};
  // An IPv6 address stands in brackets in a URL and without them everywhere else.
  return { ...address, host: parts.hostname.replace(/^\[|\]$/g, ''), port: Number(parts.port || 6379) };
}

/** One line when Redis goes and one when it comes back, however many attempts lie between. */
function report(redis: Redis, log: Logger): void {
  let state: 'new' | 'up' | 'down' = 'new';
  redis.on('ready', () => {
    if (state === 'down') log.info('Redis is back');
    state = 'up';
  });
  redis.on('error', (error: Error) => {
    if (state === 'down') return log.debug({ reason: reasonOf(error) }, 'Redis is still away');
    state = 'down';
    log.warn({ reason: reasonOf(error) }, 'Redis cannot be reached; trying again');
  });
  redis.on('reconnecting', () => {
    if (state === 'up') log.warn('The connection to Redis was lost; dialling anew');
    if (state === 'up') state = 'down';
  });
}

function testSilence(redis: Redis, log: Logger): void {
  let waiting = false;
  const timer = setInterval(() => {
    if (redis.status !== 'ready') {
      waiting = false;
    } else if (waiting) {
      log.warn('The subscription does not answer; dialling anew');
      waiting = false;
      redis.disconnect(true);
    } else {
      waiting = true;
      redis.ping().then(
        () => {
          waiting = false;
        },
        (error: Error) => log.debug({ reason: reasonOf(error) }, 'The subscription’s test failed'),
      );
    }
  }, bellTestMs);
  timer.unref();
  redis.once('end', () => clearInterval(timer));
}

function reasonOf(error: Error): string {
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return error.message || (first instanceof Error ? first.message : error.name);
}
