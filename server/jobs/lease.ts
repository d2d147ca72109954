import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';

/** Whoever has a lease and does not take it again for so long is believed gone. */
const patienceMs = 1_000;

/**
 * A job that one node does at a time. Each time its holder takes it, the entry changes; a node that sees the same entry for
 * longer than the patience, by a clock that only runs forward, takes it over. No entry expires by itself, so no jump of any
 * machine’s clock leaves a job without a holder for days. Two holders for a moment must do no harm: it saves work, no more.
 */
export class Lease {
  readonly #store: Pick<Store, 'takeLease'>;
  readonly #job: string;
  readonly #elapsed: () => number;
  readonly #holder = randomBytes(6).toString('hex');
  #seen = '';
  #since = 0;

  constructor(store: Pick<Store, 'takeLease'>, job: string, elapsed: () => number = () => performance.now()) {
    this.#store = store;
    this.#job = job;
    this.#elapsed = elapsed;
  }

  /** Takes the lease, or says that another node has it. To be asked when there is something to do. Throws StoreUnavailable. */
  async take(): Promise<boolean> {
    const isGone = this.#elapsed() - this.#since >= patienceMs;
    const entry = await this.#store.takeLease(this.#job, this.#holder, isGone ? this.#seen : '');
    if (entry !== this.#seen) this.#since = this.#elapsed();
    this.#seen = entry;
    return entry.startsWith(`${this.#holder} `);
  }
}
