import type { Update } from '../../shared/update.ts';
import type { Facets } from './facets.ts';
import type { StoredUpdate } from './store.ts';

/**
 * The index of words. It is written by the commit that writes the update, in the same step: what was acknowledged is found
 * from then on, by every node; what was taken down is not, and its words are gone from the index.
 */
export interface SearchStore {
  /** What fits, newest event first, `limit` after `after` at the most, and how much fits in all. Throws StoreUnavailable. */
  find(slug: string, wanted: Wanted, page: { after: Place | null; limit: number }): Promise<Found>;
  /** How much fits, by conflict day; days with nothing are left out. Throws StoreUnavailable. */
  countByDay(slug: string, wanted: Wanted): Promise<Map<number, number>>;
  /** The public updates among `ids` as they now stand. */
  publicUpdates(slug: string, ids: readonly string[]): Promise<Map<string, Update>>;

  /** How the index of a timeline is; null: there is no such timeline. */
  state(slug: string): Promise<IndexState | null>;
  /** Empties the index, for it to be filled anew while commits go on writing to it. */
  dropIndex(slug: string): Promise<void>;
  /** Puts updates, as they were read, into the index where they are missing. Answers how many were. */
  index(slug: string, updates: readonly StoredUpdate[]): Promise<number>;
}

/** `wrong`: of another version, or with updates that are not there; it has to be dropped. `incomplete`: some are missing. */
export type IndexState = 'whole' | 'incomplete' | 'wrong';

export interface Wanted {
  /** All of these must be there, each in any of its forms. None: every update fits. */
  words: readonly (readonly string[])[];
  /** What the last of `words` may be the beginning of, too. */
  beginnings: readonly string[];
  /** Conflict days, inclusive. */
  firstDay: number;
  lastDay: number;
  keyOnly: boolean;
  /** Asked by staff alone. */
  facets?: Facets;
}

/** Where a hit stands in the order of hits. */
export interface Place {
  seconds: number;
  number: number;
}

export interface Hit extends Place {
  id: string;
}

export interface Found {
  hits: Hit[];
  total: number;
}
