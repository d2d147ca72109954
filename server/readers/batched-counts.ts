import type { Logger } from 'pino';
import { StoreUnavailable } from '../store/store.ts';

export interface BatchedCountsParts {
  store: { add(slug: string, counts: ReadonlyMap<string, number>, now: number): Promise<void> };
  clock: () => number;
  log: Logger;
}

interface Batching {
  flushEveryMs: number;
  /** What the log says when a batch could not be kept. */
  failing: string;
}

/** Numbers by timeline and key that go to the store in batches. Losing a batch does no harm, and holding requests up for it would. */
export class BatchedCounts {
  readonly #parts: BatchedCountsParts & Batching;
  #pending = new Map<string, Map<string, number>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: BatchedCountsParts & Batching) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), this.#parts.flushEveryMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.flush();
  }

  /** Keys beyond `mostKeys` of a timeline are left out until the next batch. */
  count(slug: string, key: string, mostKeys = Number.POSITIVE_INFINITY): void {
    const pending = this.#pending.get(slug) ?? new Map<string, number>();
    if (!pending.has(key) && pending.size >= mostKeys) return;
    pending.set(key, (pending.get(key) ?? 0) + 1);
    this.#pending.set(slug, pending);
  }

  /** Takes what was counted to the store. What can’t be taken there is lost. */
  async flush(): Promise<void> {
    const { store, clock, log, failing } = this.#parts;
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [slug, counts] of pending) {
      try {
        await store.add(slug, counts, clock());
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) log.error({ err: error }, failing);
      }
    }
  }
}
