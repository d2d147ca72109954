import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { durable, startRedis, type TestRedis } from './test-redis.ts';

/** A Redis with an address of its own over several lives, as a member of something greater. */
export class RedisNode {
  readonly folder: string;
  readonly port: number;
  readonly #settings: readonly string[];
  #redis: TestRedis | null = null;
  /** For the tests’ own commands, over the unix socket. */
  control: Redis | null = null;

  constructor(folder: string, port: number, settings: readonly string[] = []) {
    this.folder = folder;
    this.port = port;
    this.#settings = ['--port', `${port}`, '--bind', '127.0.0.1', ...durable, ...settings];
    mkdirSync(folder, { recursive: true });
  }

  static async at(parent: string, name: string, settings: readonly string[] = []): Promise<RedisNode> {
    const node = new RedisNode(join(parent, name), await freePort(), settings);
    await node.start();
    return node;
  }

  async start(): Promise<void> {
    this.#redis = await startRedis(this.#settings, this.folder);
    this.control = new Redis({
      path: join(this.folder, 'redis.sock'),
      disableClientInfo: true,
      retryStrategy: () => 50,
    });
    this.control.on('error', () => undefined); // tests kill it
  }

  async call(...command: [string, ...(string | number)[]]): Promise<unknown> {
    if (!this.control) throw new Error('this Redis is not running');
    const [name, ...rest] = command;
    return this.control.call(name, ...rest);
  }

  /** What INFO or CLUSTER INFO says under a name. */
  async info(section: 'replication' | 'cluster', name: string): Promise<string | null> {
    const text = String(await (section === 'cluster' ? this.call('CLUSTER', 'INFO') : this.call('INFO', section)));
    return new RegExp(`^${name}:(.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  }

  /** Whether its one replica has all that it has; a fresh replica is sent nothing until its first acknowledgement, after a second. */
  async isReplicated(): Promise<boolean> {
    const offset = await this.info('replication', 'master_repl_offset');
    const replica = (await this.info('replication', 'slave0')) ?? '';
    return replica.includes('state=online') && replica.includes(`offset=${offset},`);
  }

  get running(): boolean {
    return this.#redis !== null;
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const redis = this.#redis;
    this.#redis = null;
    this.control?.disconnect();
    this.control = null;
    await redis?.end(signal);
  }
}
