import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';
import { waitFor } from './wait-for.ts';

const main = join(dirname(fileURLToPath(import.meta.url)), '../../dist/server/main.js');

/** ADMIN_TOKEN of every Daymark that tests start. */
export const adminToken = 'admin-token-of-the-tests-only';

export interface DaymarkProcess {
  url: string;
  pid: number;
  process: ChildProcess;
  dataDir: string;
  /** Everything it has written so far, stdout and stderr together. */
  output(): string;
  /** SIGTERM, then its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is said to anybody. */
  kill(): Promise<void>;
}

export interface DaymarkOptions {
  /** Kept by the caller over several starts; without it a temporary folder that goes with `end` of `daymarks()`. */
  dataDir?: string;
  env?: Record<string, string>;
  args?: readonly string[];
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run({ env = {}, args = [], dataDir }: DaymarkOptions & { dataDir: string }) {
  if (!existsSync(main)) throw new Error('dist/ is missing: these tests run the built server (npm run build)');
  const base = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    WORKERS: '1',
    ADMIN_TOKEN: adminToken,
  };
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...written }));
  return { child, written, ended };
}

/** Starts a whole Daymark as `npm start` does, on a free port with a private Redis, and waits until it says that it is ready. */
export async function startDaymark(options: DaymarkOptions & { dataDir: string }): Promise<DaymarkProcess> {
  const { child, written, ended } = run(options);
  const ready = waitFor(() => /Daymark is ready: (\S+)/.exec(written.stdout)?.[1], 'the line that says ready', {
    withinMs: 60_000,
  });
  const outcome = await Promise.race([ready, ended]);
  if (typeof outcome !== 'string') {
    ready.catch(() => undefined); // it says the same, later
    throw new Error(`Daymark ended with ${outcome.code} in place of being ready:\n${outcome.stdout}${outcome.stderr}`);
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await ended).code;
  };
  return {
    url: outcome,
    pid: child.pid ?? 0,
    process: child,
    dataDir: options.dataDir,
    output: () => written.stdout + written.stderr,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** Runs a Daymark that is expected to end by itself. */
export const runDaymark = (options: DaymarkOptions & { dataDir: string }): Promise<Ended> => run(options).ended;

/**
 * Daymarks for one suite: `start` and `run` as above, with a data folder made where none is given; `end` (for `afterEach`)
 * stops what still runs and removes the folders.
 */
export function daymarks() {
  const running: DaymarkProcess[] = [];
  const folders: { remove: () => void }[] = [];
  const newDataDir = (): string => {
    const folder = temporaryFolder();
    folders.push(folder);
    return join(folder.path, 'data');
  };
  return {
    newDataDir,
    async start(options: DaymarkOptions = {}): Promise<DaymarkProcess> {
      const started = await startDaymark({ ...options, dataDir: options.dataDir ?? newDataDir() });
      running.push(started);
      return started;
    },
    run: (options: DaymarkOptions = {}): Promise<Ended> =>
      runDaymark({ ...options, dataDir: options.dataDir ?? newDataDir() }),
    async end(): Promise<void> {
      await Promise.all(running.splice(0).map((one) => one.stop()));
      for (const folder of folders.splice(0)) folder.remove();
    },
  };
}

/** Asks a Daymark as the admin of the tests; answers status, headers and the parsed body. */
export async function call(
  daymark: { url: string },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${daymark.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
