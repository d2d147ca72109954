import { setTimeout as pause } from 'node:timers/promises';

/**
 * Patience with a store that can't be reached, shared by all rows of an import that are under way: they wait for the same
 * pause and go on in the order in which they came, so that an outage hardly shuffles the log.
 */
export class Outage {
  readonly #clock: () => number;
  #giveUpMs: number;
  readonly #firstPauseMs: number;
  #since: number | null = null;
  #pauseMs: number;
  #pause: Promise<void> | null = null;

  constructor(options: { clock: () => number; giveUpMs: number; firstPauseMs: number }) {
    this.#clock = options.clock;
    this.#giveUpMs = options.giveUpMs;
    this.#firstPauseMs = options.firstPauseMs;
    this.#pauseMs = options.firstPauseMs;
  }

  /** The store has answered. */
  over(): void {
    this.#since = null;
    this.#pauseMs = this.#firstPauseMs;
  }

  /** No further attempts. */
  giveUp(): void {
    this.#giveUpMs = 0;
  }

  /** Waits before the next attempt; false where the outage has lasted too long for another. */
  async wait(): Promise<boolean> {
    this.#since ??= this.#clock();
    if (this.#clock() - this.#since >= this.#giveUpMs) return false;
    this.#pause ??= this.#next();
    await this.#pause;
    return true;
  }

  async #next(): Promise<void> {
    await pause(this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, 2_000);
    this.#pause = null;
  }
}
