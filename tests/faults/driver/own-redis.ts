import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { durable, startRedis, type TestRedis } from '../../support/test-redis.ts';

/** A Redis of the tests' own that keeps its promise (fsync before each answer), and comes back on its data after any end. */
export class OwnRedis {
  readonly folder: string;
  readonly #settings: readonly string[];
  #redis: TestRedis | null = null;

  constructor(folder: string, settings: readonly string[] = []) {
    this.folder = join(folder, 'redis');
    this.#settings = [...durable, ...settings];
    mkdirSync(this.folder, { recursive: true });
  }

  async start(): Promise<void> {
    this.#redis = await startRedis(this.#settings, this.folder);
  }

  get url(): string {
    return this.#started.url;
  }

  /** The unix socket, for a proxy in front. */
  get socket(): string {
    return join(this.folder, 'redis.sock');
  }

  get pid(): number {
    return this.#started.process.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#started.process.kill(signal);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const redis = this.#redis;
    this.#redis = null;
    redis?.process.kill('SIGCONT');
    await redis?.end(signal);
  }

  get #started(): TestRedis {
    if (!this.#redis) throw new Error('this Redis is not running');
    return this.#redis;
  }
}
