import type { Connection } from './connection.ts';

/**
 * Bounds the memory of catching up: a change on its way to thousands is held once, but each answer to a `follow` is its
 * follower’s own. Followers wait for their turn while too many bytes are written and not yet sent.
 */
export class Outflow {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  async turn(): Promise<void> {
    while (this.#bytes > this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** To be called right after an answer was written: counts what of it is still here until it has left. */
  wrote(connection: Connection): void {
    const bytes = connection.unsent;
    if (bytes === 0) return;
    this.#bytes += bytes;
    void connection.drained().then(() => {
      this.#bytes -= bytes;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }
}
