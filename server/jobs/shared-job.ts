import type { Logger } from 'pino';
import { type Store, StoreUnavailable } from '../store/store.ts';
import { Lease } from './lease.ts';

export interface SharedJobParts {
  store: Pick<Store, 'takeLease'>;
  log: Logger;
  /** Of the lease: one node at a time has it. */
  name: string;
  /** From the end of one look to the next. What is done at each look needs less than the patience of a lease. */
  everyMs: number;
  /** What the log says when a look fails for another reason than a store that can’t be reached. */
  failing: string;
}

/**
 * Looks again and again whether there is something to do; all nodes look, the one with the lease does it. Where the lease is lost,
 * or the store, what goes on beside the looks has to end by itself: it asks `isOver`.
 */
export class SharedJob {
  readonly #parts: SharedJobParts;
  readonly #look: (job: SharedJob) => Promise<void>;
  readonly #lease: Lease;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #hasLease = false;
  #isStopped = false;

  constructor(parts: SharedJobParts, look: (job: SharedJob) => Promise<void>) {
    this.#parts = parts;
    this.#look = look;
    this.#lease = new Lease(parts.store, parts.name);
  }

  /** Nothing more is begun: stopped, or another node’s turn. */
  get isOver(): boolean {
    return this.#isStopped || !this.#hasLease;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look().then(() => this.start());
    }, this.#parts.everyMs);
  }

  /** For good. Resolves when the look that is under way is done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  /** Looks once, and tells the log what went wrong. */
  async look(): Promise<void> {
    try {
      await this.#look(this);
    } catch (error) {
      this.#hasLease = false;
      if (!(error instanceof StoreUnavailable)) this.#parts.log.error({ err: error }, this.#parts.failing);
    }
  }

  /** To be asked when there is something to do. False: another node has the lease, or this one stops. Throws StoreUnavailable. */
  async take(): Promise<boolean> {
    this.#hasLease = await this.#lease.take();
    return !this.isOver;
  }
}
