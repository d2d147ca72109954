import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adminToken } from './client.ts';
import { serverFile } from './settings.ts';

/** The server under test: the built one, unless FAULT_SERVER names another. */
const main = serverFile ?? fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));
const readyMostMs = 60_000;

/** One Daymark server as a process of its own, that a test ends in any way and starts again on the same port and data. */
export class Node {
  readonly origin: string;
  readonly dataDir: string;
  readonly log: string;
  readonly #environment: Record<string, string>;
  #child: ChildProcess | null = null;
  /** How long the last start took until it said that it is ready. */
  readyMs = 0;

  constructor(folder: string, port: number, environment: Record<string, string> = {}, name = 'daymark') {
    this.origin = `http://127.0.0.1:${port}`;
    this.dataDir = join(folder, `${name}-data`);
    this.log = join(folder, `${name}.log`);
    this.#environment = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: `${port}`,
      DATA_DIR: this.dataDir,
      ADMIN_TOKEN: adminToken,
      LOG_LEVEL: 'info',
      ...roomForEverybody,
      ...environment,
    };
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error(`${this.origin} does not run`);
    return pid;
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it says that it is ready; throws what it said where it ends before that. */
  async start(environment: Record<string, string> = {}): Promise<void> {
    const begun = performance.now();
    const env = { ...this.#environment, ...environment };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const log = createWriteStream(this.log, { flags: 'a' });
    child.stderr.pipe(log, { end: false });
    child.stdout.pipe(log, { end: false });
    child.once('close', () => log.end());
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`not ready within ${readyMostMs / 1_000} s; ${this.log}`)),
        readyMostMs,
      );
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-10_000);
        if (said.includes('Daymark is ready')) resolve();
      });
      child.once('exit', (code, signal) => reject(new Error(`ended by ${signal ?? code}; ${this.log}\n${said}`)));
      child.once('close', () => clearTimeout(timer));
    });
    this.readyMs = Math.round(performance.now() - begun);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Sends the signal and waits for the end. Its exit code, or the signal’s name. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    const child = this.#child;
    if (!child || !this.running) return child?.exitCode ?? child?.signalCode ?? 'not started';
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    const [code, by] = (await gone) as [number | null, string | null];
    return code ?? by ?? 'unknown';
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
    return false;
  }
}
