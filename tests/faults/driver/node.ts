import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type DaymarkProcess, startDaymark } from '../../support/daymark-process.ts';

const commandLine = fileURLToPath(new URL('../../../dist/server/cli/daymark.js', import.meta.url));

export interface NodeOptions {
  /** Where its data and its log go, under its name. */
  folder: string;
  port: number;
  environment?: Record<string, string>;
  name?: string;
  /** In place of the one in `folder`. */
  dataDir?: string;
}

/** One Daymark server as a process of its own, that a test ends in any way and starts again on the same port and data. */
export class Node {
  readonly port: number;
  readonly origin: string;
  readonly dataDir: string;
  /** What it wrote, start after start. */
  readonly log: string;
  readonly #env: Record<string, string>;
  #daymark: DaymarkProcess | null = null;
  /** How long the last start took until it said that it is ready. */
  readyMs = 0;

  constructor({ folder, port, environment = {}, name = 'daymark', dataDir }: NodeOptions) {
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
    this.dataDir = dataDir ?? join(folder, `${name}-data`);
    this.log = join(folder, `${name}.log`);
    this.#env = { NODE_ENV: 'production', PORT: `${port}`, ...roomForEverybody, ...environment };
  }

  get pid(): number {
    if (!this.#daymark) throw new Error(`${this.origin} was not started`);
    return this.#daymark.pid;
  }

  /** False from the moment on at which it is told to end, as a balancer would be told. */
  get running(): boolean {
    const process = this.#daymark?.process;
    return process !== undefined && !process.killed && process.exitCode === null && process.signalCode === null;
  }

  /** Resolves when it says that it is ready; throws what it said where it ends before that. */
  async start(): Promise<void> {
    const begun = performance.now();
    const daymark = await startDaymark({ dataDir: this.dataDir, env: this.#env });
    this.readyMs = Math.round(performance.now() - begun);
    this.#daymark = daymark;
    daymark.process.once('close', () => appendFileSync(this.log, daymark.output()));
  }

  /** Sends the signal and waits for the end. Its exit code; null where the signal ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const daymark = this.#daymark;
    if (!daymark) return null;
    if (this.running) process.kill(daymark.pid, 'SIGCONT');
    if (signal === 'SIGTERM') return daymark.stop();
    await daymark.kill();
    return null;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, signal);
  }

  /** Has the command line check the chain of hashes of all timelines; what it says where something is not as it was written. */
  async verify(): Promise<string[]> {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: this.dataDir, LOG_LEVEL: 'warn', ...this.#env };
    const child = spawn(process.execPath, [commandLine, 'verify'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return code === 0
      ? []
      : [`verify ended with ${code}`, ...`${said}${errors}`.split('\n').filter((line) => !/unaltered/.test(line))];
  }

  /** The processes that serve, where `WORKERS` are more than one; its private Redis is no child of that kind. */
  workerPids(): number[] {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim().split(' ').map(Number);
    return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(process.execPath));
  }

  /** The process of the private Redis. */
  redisPid(): number {
    return Number(readFileSync(join(this.dataDir, 'redis', 'redis.pid'), 'utf8'));
  }
}

/** The writers of a test come from one address with one token, and are more than a newsroom. */
const roomForEverybody = {
  WRITES_PER_SECOND: '100000',
  READS_PER_SECOND: '1000000',
  CONNECTIONS_PER_ADDRESS: '100000',
};

/** A free port below those that the kernel gives to outgoing connections: nobody takes it while its server is down. */
export async function fixedPort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** Whether there is a process of this number that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // no such process
  }
}
