import type { Logger } from 'pino';
import { Lease } from '../jobs/lease.ts';
import type { RecordsStore } from '../store/records-store.ts';
import type { SearchStore } from '../store/search-store.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';

export interface IndexKeeperParts {
  store: Pick<Store, 'timelineSlugs' | 'days' | 'takeLease'>;
  records: Pick<RecordsStore, 'ofDay'>;
  search: Pick<SearchStore, 'state' | 'dropIndex' | 'index'>;
  log: Logger;
}

/** Updates that are put into an index at once: between them everybody else gets a turn. */
const inOneTurn = 20;
const againMs = 4_001;

/**
 * Looks once after each start whether every timeline’s index is whole and of this version, and fills what is missing, day by
 * day, newest first: after an upgrade from a version that had none, or cut words otherwise. Commits write to the same index
 * meanwhile. One node does it; what another has put there already is left as it is.
 */
export class IndexKeeper {
  readonly #parts: IndexKeeperParts;
  readonly #lease: Lease;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: IndexKeeperParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.store, 'search-index');
  }

  start(): void {
    this.#running = this.#keep();
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  async #keep(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      for (const slug of await store.timelineSlugs()) {
        if (!(await this.#keepOne(slug))) return this.#later();
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'an index of words could not be completed');
      this.#later();
    }
  }

  #later(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.start(), againMs);
  }

  /** False: another node is at it, or this one is told to stop. */
  async #keepOne(slug: string): Promise<boolean> {
    const { store, records, search, log } = this.#parts;
    const state = await search.state(slug);
    if (state === null || state === 'whole') return true;
    if (!(await this.#lease.take())) return false;
    if (state === 'wrong') await search.dropIndex(slug);
    let indexed = 0;
    const days = (await store.days(slug)).sort((a, b) => (a.date < b.date ? 1 : -1));
    for (const { date } of days) {
      const updates = await records.ofDay(slug, date);
      for (let at = 0; at < updates.length; at += inOneTurn) {
        if (this.#stopped || !(await this.#lease.take())) return false;
        indexed += await search.index(slug, updates.slice(at, at + inOneTurn));
      }
    }
    log.info({ timeline: slug, indexed }, 'the index of words is complete');
    return true;
  }
}
