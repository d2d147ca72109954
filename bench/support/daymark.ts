import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NewUpdate, Update } from '../../shared/update.ts';
import type { Cleanup } from './cleanup.ts';
import { monotonicMs } from './clock.ts';
import { onCore, profiling } from './pinned.ts';
import type { Usage } from './questions.ts';
import { isOurs, processorMs } from './quiet.ts';

const program = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const token = 'a-token-for-measuring-with';
const readyWithinMs = 60_000;

/** The product itself, as `npm start` runs it, on the server’s core; with limits that let one address be thousands. */
export class Daymark {
  readonly origin: string;
  /** ms from the start of the process until it said that it is ready. */
  readonly readyMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, origin: string, readyMs: number) {
    this.#child = child;
    this.origin = origin;
    this.readyMs = readyMs;
  }

  static async start(redisUrl: string, cleanup: Cleanup, port = 0): Promise<Daymark> {
    const { file, args } = onCore('server', [process.execPath, ...profiling('server'), program]);
    const env = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      REDIS_URL: redisUrl,
      ADMIN_TOKEN: token,
      LOG_LEVEL: 'error',
      WORKERS: '1',
      CONNECTIONS_PER_ADDRESS: '100000',
      CONNECTIONS: '100000',
      WRITES_PER_SECOND: '100000',
      READS_PER_SECOND: '1000000',
    };
    const startMs = monotonicMs();
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    isOurs('server', child.pid);
    const origin = await ready(child);
    return cleanup.add(new Daymark(child, origin, monotonicMs() - startMs), (daymark) => daymark.end('SIGTERM'));
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** Bytes resident, from the kernel; without a collection before. NaN where there is no /proc. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
  }

  /** Processor time so far, from the kernel (in its ticks of 10 ms). */
  usage(): Usage {
    return { cpuMicros: processorMs(this.#child.pid ?? 0) * 1_000, atMs: monotonicMs() };
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }

  createTimeline(timeline: { slug: string }): Promise<unknown> {
    return this.#post('/api/v1/timelines', JSON.stringify(timeline), 'application/json');
  }

  async publish(slug: string, update: NewUpdate): Promise<Update> {
    return (await this.#post(
      `/api/v1/timelines/${slug}/updates`,
      JSON.stringify(update),
      'application/json',
    )) as Update;
  }

  /** Imports rows and throws where one is refused. */
  async importAll(slug: string, rows: Iterable<NewUpdate>): Promise<void> {
    const encoder = new TextEncoder();
    const lines = ReadableStream.from(
      (function* () {
        for (const row of rows) yield encoder.encode(`${JSON.stringify(row)}\n`);
      })(),
    );
    const answer = await this.#send(`/api/v1/timelines/${slug}/import`, lines, 'application/x-ndjson');
    const last = (await answer.text()).trim().split('\n').at(-1) ?? '';
    const counts = JSON.parse(last) as { imported?: number; refused?: number };
    if (counts.refused !== 0) throw new Error(`The import was not taken: ${last}`);
  }

  async #post(path: string, body: string, type: string): Promise<unknown> {
    return (await this.#send(path, body, type)).json();
  }

  async #send(path: string, body: string | ReadableStream, type: string): Promise<Response> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type };
    const init = { method: 'POST', headers, body, duplex: 'half' as const };
    const answer = await fetch(this.origin + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

async function ready(child: ChildProcess): Promise<string> {
  let said = '';
  const timer = setTimeout(() => child.kill('SIGKILL'), readyWithinMs);
  try {
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk);
      const origin = /Daymark is ready: (http:\S+)/.exec(said)?.[1];
      if (origin) return origin;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`The server did not start: ${said}`);
}
