import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { Measuring } from './measuring.ts';
import { type ToSupervisor, workerVariable } from './messages.ts';

const backOffLeastMs = 100;
const backOffMostMs = 5_000;
/** A worker that served for so long did not fail at its start: the next one may come at once. */
const soundAfterMs = 30_000;
/** Longer than a worker needs to let its requests finish; what is left then is cut off. */
const stopWithinMs = 20_000;

/** A worker ended before it served anything. */
export class WorkerFailed extends Error {
  override name = 'WorkerFailed';
  readonly lines: readonly string[];
  readonly code: number;

  constructor(lines: readonly string[], code: number) {
    super(lines.join('\n'));
    this.lines = lines;
    this.code = code;
  }
}

/**
 * Keeps so many workers running. They share one port, which this process listens on for them: a connection goes to one
 * worker and stays there. A worker that ends is replaced, and nobody but its own connections notices.
 */
export class Supervisor {
  readonly #environment: Record<string, string>;
  readonly #log: Logger;
  readonly #measuring = new Measuring();
  readonly #timers = new Set<NodeJS.Timeout>();
  #port = 0;
  #stopping = false;

  /** `environment`: what workers get beside that of this process. */
  constructor(environment: Record<string, string>, log: Logger) {
    this.#environment = environment;
    this.#log = log;
  }

  /** Resolves to the port when all workers listen; throws `WorkerFailed` where one cannot. */
  async start(count: number): Promise<number> {
    const numbers = Array.from({ length: count }, (_, i) => i + 1);
    const ports = await Promise.all(numbers.map((number) => this.#begin(number)));
    this.#port = ports[0] ?? 0;
    for (const worker of this.#workers()) this.#watch(worker, backOffLeastMs);
    return this.#port;
  }

  /** Resolves when all have ended: in order, or cut off after a time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#workers().map((worker) => this.#end(worker)));
  }

  #workers(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter(
      (worker) => worker !== undefined && !worker.isDead(),
    ) as Worker[];
  }

  #fork(number: number): Worker {
    const port = this.#port === 0 ? {} : { PORT: String(this.#port) };
    const worker = cluster.fork({ ...this.#environment, ...port, [workerVariable]: String(number) });
    worker.on('message', (message: ToSupervisor) => this.#measuring.take(worker, message, this.#workers()));
    numbers.set(worker, number);
    return worker;
  }

  /** The first start of a worker: a fault at it is a fault of the whole. */
  #begin(number: number): Promise<number> {
    const worker = this.#fork(number);
    return new Promise((resolve, reject) => {
      let told: WorkerFailed | null = null;
      worker.on('message', (message: ToSupervisor) => {
        if (message.kind === 'failed') told = new WorkerFailed(message.lines, message.code);
      });
      worker.once('listening', ({ port }) => resolve(port));
      worker.once('exit', (code, signal) => {
        reject(told ?? new WorkerFailed([`A worker ended with ${signal ?? code} before it was ready`], 1));
      });
    });
  }

  #watch(worker: Worker, waitMs: number): void {
    const begun = performance.now();
    const replace = (): void => {
      const wait = performance.now() - begun > soundAfterMs ? backOffLeastMs : waitMs;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        const next = this.#fork(numbers.get(worker) ?? 0);
        next.once('listening', () => this.#log.info({ worker: numbers.get(next) }, 'A worker serves again'));
        this.#watch(next, Math.min(wait * 2, backOffMostMs));
      }, wait);
      this.#timers.add(timer);
    };
    worker.on('message', (message: ToSupervisor) => {
      if (message.kind === 'failed') this.#log.error({ reasons: message.lines }, 'A worker cannot start');
    });
    const exited = (code: number | null, signal: string | null): void => {
      if (this.#stopping) return;
      this.#log.error({ worker: numbers.get(worker), code, signal }, 'A worker has ended; starting another');
      replace();
    };
    if (worker.isDead()) exited(worker.process.exitCode, worker.process.signalCode);
    else worker.once('exit', exited);
  }

  async #end(worker: Worker): Promise<void> {
    const ended = once(worker.process, 'exit');
    worker.process.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.#log.error({ worker: numbers.get(worker) }, 'A worker takes too long to stop; it is cut off');
      worker.process.kill('SIGKILL');
    }, stopWithinMs);
    await ended;
    clearTimeout(timer);
  }
}

const numbers = new WeakMap<Worker, number>();
