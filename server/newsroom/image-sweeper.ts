import type { Logger } from 'pino';
import { SharedJob } from '../jobs/shared-job.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { Store } from '../store/store.ts';
import type { ImageLibrary } from './image-library.ts';

const sweepEveryMs = 10 * 60_000;

export interface SweeperParts {
  store: Pick<Store, 'takeLease'>;
  live: Pick<LiveLog, 'timelines'>;
  library: Pick<ImageLibrary, 'sweep'>;
  log: Logger;
}

/** Looks every ten minutes for images to delete. One node does; where two did, each would find less to do. */
export class ImageSweeper {
  readonly #parts: SweeperParts;
  readonly #job: SharedJob;

  constructor(parts: SweeperParts) {
    this.#parts = parts;
    const { store, log } = parts;
    const failing = 'images could not be looked through';
    this.#job = new SharedJob({ store, log, name: 'images', everyMs: sweepEveryMs, failing }, () => this.#sweep());
  }

  start(): void {
    this.#job.start();
  }

  /** Resolves when what is under way is done. */
  stop(): Promise<void> {
    return this.#job.stop();
  }

  async #sweep(): Promise<void> {
    if (!(await this.#job.take())) return;
    for (const { record } of this.#parts.live.timelines()) await this.#parts.library.sweep(record.slug);
  }
}
