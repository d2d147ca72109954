import { setTimeout as pause } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import type { Logger } from 'pino';

/** What one Redis told at the last look; null where it did not say. */
export interface Vitals {
  /** `primary`, or a cluster node’s host and port. */
  node: string;
  up: boolean;
  pingMs: number | null;
  usedMemoryBytes: number | null;
  maxMemoryBytes: number | null;
  aofBytes: number | null;
  aofEnabled: boolean | null;
  aofWriteOk: boolean | null;
  aofRewriteOk: boolean | null;
  clients: number | null;
}

const everyMs = 10_000;
/** A Redis that takes longer counts as down; a command of a request would fail after 3 s. */
const patienceMs = 2_500;

/** Looks after the Redis nodes behind a connection, so that an operator can be told how they are without asking them anew. */
export class VitalSigns {
  readonly #redis: Redis | Cluster;
  readonly #log: Logger;
  #found: readonly Vitals[] = [];
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(redis: Redis | Cluster, log: Logger) {
    this.#redis = redis;
    this.#log = log;
  }

  get all(): readonly Vitals[] {
    return this.#found;
  }

  /** Looks now, and from then on every 10 s until `stop`. Never throws: not to be reached is an answer. */
  async start(): Promise<void> {
    await this.look();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.start(), everyMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async look(): Promise<void> {
    this.#found = await Promise.all(nodesOf(this.#redis).map(([node, redis]) => this.#lookAt(node, redis)));
  }

  async #lookAt(node: string, redis: Redis): Promise<Vitals> {
    const began = performance.now();
    try {
      const pong = await within(redis.ping());
      const pingMs = performance.now() - began;
      return { node, up: pong === 'PONG', pingMs, ...readInfo(await this.#info(redis)) };
    } catch (error) {
      this.#log.debug({ err: error, node }, 'A Redis does not answer');
      return { node, up: false, pingMs: null, ...readInfo('') };
    }
  }

  /** Some hosted ones forbid INFO, and answer all else. */
  async #info(redis: Redis): Promise<string> {
    try {
      return await within(redis.info());
    } catch (error) {
      this.#log.debug({ err: error }, 'Redis does not tell how it is');
      return '';
    }
  }
}

function nodesOf(redis: Redis | Cluster): [string, Redis][] {
  if (!(redis instanceof Cluster)) return [['primary', redis]];
  return redis.nodes('master').map((node) => [`${node.options.host ?? ''}:${node.options.port ?? ''}`, node]);
}

async function within<T>(command: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const late = pause(patienceMs, undefined, { ref: false, signal: patience.signal }).then(() => {
    throw new Error(`No answer within ${patienceMs} ms`);
  });
  try {
    return await Promise.race([command, late]);
  } finally {
    late.catch(() => undefined); // Aborted, or lost the race: nobody waits for it any more.
    patience.abort();
  }
}

/** Reads what INFO says; null for each line that is not there. */
export function readInfo(info: string): Omit<Vitals, 'node' | 'up' | 'pingMs'> {
  const said = (name: string): string | null => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
  const number = (name: string): number | null => (said(name) === null ? null : Number(said(name)));
  const is = (name: string, value: string): boolean | null => (said(name) === null ? null : said(name) === value);
  return {
    usedMemoryBytes: number('used_memory'),
    maxMemoryBytes: number('maxmemory'),
    aofBytes: number('aof_current_size'),
    aofEnabled: is('aof_enabled', '1'),
    aofWriteOk: is('aof_last_write_status', 'ok'),
    aofRewriteOk: is('aof_last_bgrewrite_status', 'ok'),
    clients: number('connected_clients'),
  };
}
