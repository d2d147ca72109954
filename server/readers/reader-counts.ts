import { hash, randomBytes } from 'node:crypto';
import { BatchedCounts, type BatchedCountsParts } from './batched-counts.ts';
import { isBot } from './bots.ts';

/** An update page that somebody has opened. */
export interface Opened {
  slug: string;
  id: string;
}

/** What a request says of who makes it. */
export interface Visitor {
  address: string;
  agent: string;
  /** Of `Sec-Purpose`, `Purpose` or `X-Moz`: a browser that fetches ahead says so. */
  purpose: string;
}

const flushEveryMs = 997;
/** Visits remembered, about: half of them are forgotten when so many have come. */
const mostSeen = 100_000;
const dayMs = 86_400_000;

/**
 * Counts readers of updates, each once a day and process. Who has been here is known as a hash of address and browser with a
 * salt that is made each day, never leaves this memory, and is forgotten with the hashes; what goes to the store, in batches, is
 * numbers. Losing some of them does no harm.
 */
export class ReaderCounts {
  readonly #clock: () => number;
  readonly #counts: BatchedCounts;
  #salt = '';
  #day = -1;
  #seen = new Set<string>();
  #seenBefore = new Set<string>();
  readonly #counted = new Map<string, number>();

  constructor(parts: BatchedCountsParts) {
    this.#clock = parts.clock;
    this.#counts = new BatchedCounts({ ...parts, flushEveryMs, failing: 'readers could not be counted' });
  }

  start(): void {
    this.#counts.start();
  }

  stop(): Promise<void> {
    return this.#counts.stop();
  }

  /** Called for every page that is answered: most come from who was here before, and end at the first question. */
  opened({ slug, id }: Opened, { address, agent, purpose }: Visitor): void {
    if (purpose !== '') return;
    this.#turnDay();
    const visit = hash('sha1', `${this.#salt}${id} ${address} ${agent}`, 'base64').slice(0, 12);
    if (this.#seen.has(visit) || this.#seenBefore.has(visit)) return;
    this.#remember(visit);
    if (isBot(agent)) return;
    this.#counts.count(slug, id);
    this.#counted.set(slug, (this.#counted.get(slug) ?? 0) + 1);
  }

  /** Readers counted here since the start: while the number stands, nothing that this process knows of has changed. */
  countedOf(slug: string): number {
    return this.#counted.get(slug) ?? 0;
  }

  /** Takes what was counted to the store. */
  flush(): Promise<void> {
    return this.#counts.flush();
  }

  #turnDay(): void {
    const day = Math.floor(this.#clock() / dayMs);
    if (day === this.#day) return;
    this.#day = day;
    this.#salt = randomBytes(16).toString('base64');
    this.#seen = new Set();
    this.#seenBefore = new Set();
  }

  #remember(visit: string): void {
    if (this.#seen.size >= mostSeen / 2) {
      this.#seenBefore = this.#seen;
      this.#seen = new Set();
    }
    this.#seen.add(visit);
  }
}
