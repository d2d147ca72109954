import type { Logger } from 'pino';
import type { LiveLog } from '../live/live-log.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import type { Desk } from './desk.ts';

/** Contract §3: published within 2 s of its time. */
const lookEveryMs = 491;

/** Publishes scheduled updates at their time. Several nodes may look at once: the commit lets one of them through. */
export class Scheduler {
  readonly #parts: { store: Store; live: LiveLog; desk: Desk; clock: () => number; log: Logger };
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: { store: Store; live: LiveLog; desk: Desk; clock: () => number; log: Logger }) {
    this.#parts = parts;
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
        for (const id of await store.due(record.slug, clock())) await desk.publishDue(record.slug, id);
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'scheduled updates could not be published');
    }
  }
}
