import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { SideProcessEnded } from '../side-process.ts';

export interface DrawnShelfParts<Task, Drawn> {
  log: Logger;
  draw: (task: Task) => Promise<Drawn>;
  /** About, in memory. */
  bytesOf: (drawn: Drawn) => number;
  /** For all that is kept. */
  memoryBytes: number;
}

/** Each takes the one who draws about a tenth of a second of a processor that nobody else wants. */
const mostWaiting = 30;

/**
 * Pictures that were drawn, kept under all that they depend on: a change that leaves it as it is does not have it drawn again,
 * and words that were corrected are never found under the new ones.
 */
export class DrawnShelf<Task extends object, Drawn extends object> {
  readonly #log: Logger;
  readonly #draw: DrawnShelfParts<Task, Drawn>['draw'];
  readonly #kept: LRUCache<string, Drawn>;
  #waiting = 0;
  #forgotten = 0;

  constructor({ log, draw, bytesOf, memoryBytes }: DrawnShelfParts<Task, Drawn>) {
    this.#log = log;
    this.#draw = draw;
    this.#kept = new LRUCache({
      maxSize: memoryBytes,
      sizeCalculation: (drawn, key) => bytesOf(drawn) + 2 * key.length,
    });
  }

  async get(task: Task): Promise<Result<Drawn>> {
    const key = JSON.stringify(task);
    const kept = this.#kept.get(key);
    if (kept) return ok(kept);
    if (this.#waiting >= mostWaiting) return refuse('overloaded', 'Too much is being drawn: try again in 5 s.');
    const forgotten = this.#forgotten;
    this.#waiting += 1;
    try {
      const drawn = await this.#draw(task);
      if (forgotten === this.#forgotten) this.#kept.set(key, drawn);
      return ok(drawn);
    } catch (error) {
      if (!(error instanceof SideProcessEnded)) throw error;
      this.#log.warn({ err: error }, 'something was not drawn');
      return refuse('overloaded', 'It could not be drawn in time: try again in 5 s.');
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Something was taken down: nothing of it stays in memory. */
  forget(): void {
    this.#forgotten += 1;
    this.#kept.clear();
  }
}
