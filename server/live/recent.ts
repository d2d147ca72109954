import { LRUCache } from 'lru-cache';
import { type Change, updateIdOf } from '../../shared/change.ts';
import { isKeyDevelopment } from '../../shared/day.ts';
import { limits } from '../../shared/limits.ts';
import type { Update } from '../../shared/update.ts';
import type { LiveLog } from './live-log.ts';

/** What is remembered of an update that the kept log speaks of: enough to choose it, not its text. */
export interface RecentUpdate {
  id: string;
  /** When it last changed. */
  at: string;
  isKey: boolean;
  tags: readonly string[];
  /** When it was last corrected or retracted in public. */
  correctedAt: string | null;
}

export interface Removal {
  id: string;
  at: string;
}

interface Known {
  epoch: string;
  seq: number;
  /** In the order of their last change, oldest first. */
  updates: Map<string, RecentUpdate>;
  removed: Map<string, Removal>;
}

/** Removals that are told of; each is an id and a time. */
const mostRemovals = 100;
/** Of all timelines together, some 300 bytes each. */
const mostEntries = 200_000;

/**
 * What happened lately in each timeline, in the order of its log: a fold over the changes kept. Read from the log when
 * first asked for, and carried on with each change from then on.
 */
export class Recent {
  readonly #live: LiveLog;
  readonly #known = new LRUCache<string, Known>({
    maxSize: mostEntries,
    sizeCalculation: ({ updates, removed }) => 1 + updates.size + removed.size,
  });
  readonly #reading = new Map<string, Promise<Known | null>>();

  constructor(live: LiveLog) {
    this.#live = live;
    live.onChange((slug, change) => {
      const known = this.#known.get(slug);
      if (known?.seq === change.seq - 1) apply(known, change);
      else this.#known.delete(slug);
    });
    live.onReset((slug) => this.#known.delete(slug));
  }

  /** Last changed first. Throws StoreUnavailable. */
  async of(slug: string): Promise<{ updates: RecentUpdate[]; removed: Removal[] }> {
    const known = this.#known.get(slug) ?? (await this.#read(slug));
    return {
      updates: [...(known?.updates.values() ?? [])].reverse(),
      removed: [...(known?.removed.values() ?? [])].reverse(),
    };
  }

  #read(slug: string): Promise<Known | null> {
    const reading = this.#reading.get(slug) ?? this.#begin(slug).finally(() => this.#reading.delete(slug));
    this.#reading.set(slug, reading);
    return reading;
  }

  async #begin(slug: string): Promise<Known | null> {
    const head = this.#live.timeline(slug)?.position;
    if (!head) return null;
    let back = Math.min(head.seq, limits.logChanges);
    const known = (seq: number): Known => ({ epoch: head.epoch, seq, updates: new Map(), removed: new Map() });
    let read = known(head.seq - back);
    // Who reads up to the head as it is in this moment is told of all that follows.
    while (read.seq < (this.#live.timeline(slug)?.position.seq ?? 0)) {
      const { epoch, seq } = read;
      const found = await this.#live.since(slug, { epoch, seq }, limits.changesPerAnswer);
      if (this.#live.timeline(slug)?.position.epoch !== epoch) return null;
      if (found.reset) {
        // The log does not reach back so far.
        back = Math.floor(back / 2);
        read = known(head.seq - back);
      } else for (const change of found.changes) apply(read, change);
    }
    this.#known.set(slug, read);
    return read;
  }
}

function apply(known: Known, change: Change): void {
  known.seq = change.seq;
  const id = updateIdOf(change);
  if (id === null) return;
  known.updates.delete(id);
  if ('update' in change) known.updates.set(id, recentOf(change.update, change.at));
  else {
    known.removed.delete(id);
    known.removed.set(id, { id, at: change.at });
    const oldest = known.removed.keys().next();
    if (known.removed.size > mostRemovals && !oldest.done) known.removed.delete(oldest.value);
  }
}

const recentOf = (update: Update, at: string): RecentUpdate => ({
  id: update.id,
  at,
  isKey: isKeyDevelopment(update),
  tags: update.tags,
  correctedAt:
    [update.correction?.at, update.retraction?.at]
      .filter((one) => one !== undefined)
      .sort()
      .at(-1) ?? null,
});
