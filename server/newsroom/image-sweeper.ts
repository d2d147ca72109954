import type { Logger } from 'pino';
import type { LiveLog } from '../live/live-log.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import type { ImageLibrary } from './image-library.ts';
import { Lease } from './lease.ts';

const sweepEveryMs = 10 * 60_000;

export interface SweeperParts {
  store: Pick<Store, 'takeLease'>;
  live: Pick<LiveLog, 'timelines'>;
  library: Pick<ImageLibrary, 'sweep'>;
  log: Logger;
  everyMs?: number;
}

/** Looks every ten minutes for images to delete. One node does; where two did, each would find less to do. */
export class ImageSweeper {
  readonly #parts: SweeperParts;
  readonly #lease: Lease;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: SweeperParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.store, 'images');
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.sweep();
    }, this.#parts.everyMs ?? sweepEveryMs);
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  async sweep(): Promise<void> {
    const { live, library, log } = this.#parts;
    try {
      if (!(await this.#lease.take())) return;
      for (const { record } of live.timelines()) await library.sweep(record.slug);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'images could not be looked through');
    }
  }
}
