import { appendFileSync } from 'node:fs';

/**
 * What a writer was promised: an answer of 2xx that has reached it. `unknown`: an edit that got no answer before its update
 * was taken down, so that nobody can read any more whether it was done.
 */
export interface Acknowledgement {
  /** The idempotency key, or the token of an edit. */
  key: string;
  what: 'post' | 'edit' | 'takedown' | 'summary' | 'unknown';
  id: string;
  status: number;
  revision: number;
  replay: boolean;
  attempts: number;
}

/** The driver's own record. A line is on its way to disk before the acknowledgement counts. */
export class Ledger {
  readonly path: string;
  readonly #acknowledged: Acknowledgement[] = [];
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  constructor(path: string) {
    this.path = path;
  }

  acknowledge(entry: Acknowledgement): void {
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
    this.#acknowledged.push(entry);
    for (const { count, resolve } of this.#waiting) if (this.#acknowledged.length >= count) resolve();
  }

  all(what?: Acknowledgement['what']): Acknowledgement[] {
    return what ? this.#acknowledged.filter((entry) => entry.what === what) : [...this.#acknowledged];
  }

  /** How many changes all that was acknowledged makes: a node that knows of fewer is behind. */
  get changes(): number {
    const distinct = (what: Acknowledgement['what'], of: 'key' | 'id') =>
      new Set(this.all(what).map((entry) => entry[of])).size;
    return distinct('post', 'key') + distinct('edit', 'key') + distinct('takedown', 'id');
  }

  /** Resolves as soon as so many are acknowledged: that is when a fault strikes. */
  reached(count: number): Promise<void> {
    if (this.#acknowledged.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}
