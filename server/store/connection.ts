import { type Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { everyConnection, failingFast, optionsFor, retryDelayMs } from './connection-options.ts';
import { type Place, single } from './place.ts';
import { PromptCluster } from './prompt-cluster.ts';
import { StoreUnavailable } from './store.ts';

const bellTestMs = 5_000;

/** What commands are sent to: one Redis, or a cluster of them. */
export type Commands = Redis | Cluster;

/**
 * A connection for commands. They fail fast: nothing waits in a queue while Redis is away, and nothing is ever sent a second
 * time after a cut (ioredis’s default doubled 1,000 of 227,373 writes): repeating is the caller’s business, who has the
 * idempotency key.
 */
export function connectTo(place: Place, log: Logger): Commands {
  if (place.at.kind === 'cluster') return report(new PromptCluster(place.at.urls, place.tls), log, 'commands');
  return connectToOne(place, log);
}

/** `connectTo` for the single Redis of a URL. */
export const connect = (url: string, log: Logger): Redis => connectToOne(single(url), log);

const connectToOne = (place: Place, log: Logger): Redis =>
  report(
    new Redis({
      ...optionsFor(place),
      ...everyConnection,
      ...failingFast,
      retryStrategy: retryDelayMs,
      enableOfflineQueue: false,
    }),
    log,
    'commands',
  );

/**
 * A connection for subscriptions alone. It subscribes again by itself after each reconnection, and tests the silence: a
 * subscriber sends nothing, so it would not notice for a quarter of an hour that its peer is gone. In a cluster every node
 * hears what is published at any, so one of them does, and the next one when that is away.
 */
export function connectSubscriberTo(place: Place, log: Logger): Redis {
  const redis: Redis = new Redis({
    ...optionsFor(place),
    ...everyConnection,
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => {
      if (place.at.kind === 'cluster') Object.assign(redis.options, optionsFor(place, attempt));
      return retryDelayMs(attempt);
    },
  });
  testSilence(redis, log);
  return report(redis, log, 'subscriber');
}

/** `connectSubscriberTo` for the single Redis of a URL. */
export const connectSubscriber = (url: string, log: Logger): Redis => connectSubscriberTo(single(url), log);

/**
 * Resolves once Redis is reached and has loaded its data; throws `StoreUnavailable`, with the last reason, after `withinMs` or
 * when `given` up.
 */
export async function reached(redis: Commands, withinMs: number, given?: AbortSignal): Promise<void> {
  if (redis.status === 'ready') return;
  let reason = 'no answer';
  await new Promise<void>((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      given?.removeEventListener('abort', giveUp);
      redis.off('ready', onReady);
      redis.off('error', onError);
      then();
    };
    const onReady = () => settle(resolve);
    const onError = (error: Error) => {
      reason = reasonOf(error);
    };
    const giveUp = () => settle(() => reject(new StoreUnavailable(`Redis cannot be reached: ${reason}`)));
    const timer = setTimeout(giveUp, withinMs);
    given?.addEventListener('abort', giveUp);
    redis.on('ready', onReady);
    redis.on('error', onError);
  });
}

/** For `.catch(asUnavailable)`: throws `StoreUnavailable` where Redis could not do its work now, and the error itself otherwise. */
export function asUnavailable(error: unknown): never {
  if (error instanceof StoreUnavailable || !isUnavailable(error)) throw error;
  throw new StoreUnavailable(`Redis did not answer: ${reasonOf(error)}`, { cause: error });
}

/** Every answer of Redis that says “not reachable, or not now” becomes `StoreUnavailable`. */
export async function reach<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** What stands at the beginning of Redis’s own refusals that pass by themselves or by an operator’s hand. */
const passingRefusals =
  /^(LOADING|MISCONF|READONLY|OOM|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS|ERR max number of clients)/;
const clientFailures =
  /^(Connection is closed|Stream isn't writeable|Command timed out|Command aborted|Socket timeout|Reached the max retries|Cluster isn’t ready|Cluster is ended|Too many Cluster redirections|Failed to refresh slots cache|None of startup nodes|All sentinels are unreachable)/;
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

/** One line when Redis goes and one when it comes back, however many attempts lie between. */
function report<T extends Commands>(redis: T, parent: Logger, connection: string): T {
  const log = parent.child({ connection });
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
  return redis;
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
  // What failed at the cluster’s nodes stands beside the sentence that all of them failed.
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) return reasonOf(error.lastNodeError);
  return error.message || (first instanceof Error ? first.message : error.name);
}
