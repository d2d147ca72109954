import type { Update } from '../../shared/update.ts';
import { type Commands, reach } from './connection.ts';
import type { Keys } from './keys.ts';
import type { RecordsStore } from './records-store.ts';
import type { SearchStore } from './search-store.ts';
import type { StoredSummary, StoredUpdate } from './store.ts';

export class RedisRecordsStore implements RecordsStore {
  readonly #redis: Commands;
  readonly #keys: Keys;
  readonly #search: Pick<SearchStore, 'publicUpdates'>;

  constructor(redis: Commands, keys: Keys, search: Pick<SearchStore, 'publicUpdates'>) {
    this.#redis = redis;
    this.#keys = keys;
    this.#search = search;
  }

  async ofDay(slug: string, date: string): Promise<StoredUpdate[]> {
    const entries = await reach(this.#redis.hvals(this.#keys.of(slug).day(date)));
    return this.#withStaff(
      slug,
      entries.map((entry) => JSON.parse(entry) as Update),
    );
  }

  async named(slug: string, ids: readonly string[]): Promise<StoredUpdate[]> {
    const found = await this.#search.publicUpdates(slug, ids);
    return this.#withStaff(
      slug,
      ids.flatMap((id) => found.get(id) ?? []),
    );
  }

  async earlierSummaries(slug: string, date: string): Promise<StoredSummary[]> {
    const entries = await reach(this.#redis.lrange(this.#keys.of(slug).summaryRevisions(date), 0, -1));
    return entries.map((entry) => JSON.parse(entry) as StoredSummary);
  }

  /** What was taken down between the two reads has no author any more: it is left out. */
  async #withStaff(slug: string, updates: readonly Update[]): Promise<StoredUpdate[]> {
    if (updates.length === 0) return [];
    const entries = await reach(this.#redis.hmget(this.#keys.of(slug).staff, ...updates.map(({ id }) => id)));
    return updates.flatMap((update, at) => {
      const staff = entries[at];
      return staff ? [{ update, publishAt: null, ...(JSON.parse(staff) as StaffPart) }] : [];
    });
  }
}

/** What is kept beside a public update; nothing of it waits for its time any more. */
type StaffPart = Omit<StoredUpdate, 'update' | 'publishAt'>;
