import type { StoredSummary, StoredUpdate } from './store.ts';

/** Reading the record as those who look after it do: by days, whole, with what only staff see. It writes nothing. */
export interface RecordsStore {
  /** Everything public of one day with its author, in no order. A read between two writes; nothing is read twice or left out. */
  ofDay(slug: string, date: string): Promise<StoredUpdate[]>;
  /** Of some public updates what only staff see; those that are gone meanwhile are left out. */
  named(slug: string, ids: readonly string[]): Promise<StoredUpdate[]>;
  /** The summaries that editors wrote of a day before the present one, oldest first. */
  earlierSummaries(slug: string, date: string): Promise<StoredSummary[]>;
}
