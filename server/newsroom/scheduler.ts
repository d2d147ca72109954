import type { Logger } from 'pino';
import { SharedJob } from '../jobs/shared-job.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';

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
  readonly #job: SharedJob;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    const { store, log } = parts;
    const failing = 'scheduled updates could not be published';
    this.#job = new SharedJob({ store, log, name: 'scheduler', everyMs: lookEveryMs, failing }, () =>
      this.#publishDue(),
    );
  }

  start(): void {
    this.#job.start();
  }

  /** Resolves when what is under way is done. */
  stop(): Promise<void> {
    return this.#job.stop();
  }

  async #publishDue(): Promise<void> {
    const { store, live, desk, clock } = this.#parts;
    for (const { record } of live.timelines()) {
      const due = await store.due(record.slug, clock());
      if (due.length === 0 || (await store.settings(record.slug)).hold) continue;
      if (!(await this.#job.take())) return;
      for (const id of due) await desk.publishDue(record.slug, id);
    }
  }
}
