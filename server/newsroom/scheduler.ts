import type { Logger } from 'pino';
import type { LiveLog } from '../live/live-log.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { Lease } from './lease.ts';

/** Contract §3: published within 2 s of its time. */
const lookEveryMs = 491;

export interface SchedulerParts {
  store: Pick<Store, 'due' | 'takeLease' | 'settings'>;
  live: Pick<LiveLog, 'timelines'>;
  desk: Pick<Desk, 'publishDue'>;
  clock: () => number;
  log: Logger;
}

/**
 * Publishes scheduled updates at their time. All nodes look, one publishes; where two did, the commit would let one of them
 * through.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #lease: Lease;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.store, 'scheduler');
  }

  start(): void {
    this.#stopped = false;
    this.#next();
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#publishDue().then(() => this.#next());
    }, lookEveryMs);
  }

  async #publishDue(): Promise<void> {
    const { store, live, desk, clock, log } = this.#parts;
    try {
      for (const { record } of live.timelines()) {
        const due = await store.due(record.slug, clock());
        if (due.length === 0 || (await store.settings(record.slug)).hold) continue;
        if (!(await this.#lease.take())) return;
        for (const id of due) await desk.publishDue(record.slug, id);
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'scheduled updates could not be published');
    }
  }
}
