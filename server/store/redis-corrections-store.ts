import { asUnavailable, type Commands } from './connection.ts';
import type { CorrectionsStore, StoredCorrection } from './corrections-store.ts';
import { type Keys, keysWith } from './keys.ts';
import type { RedisStoreOptions } from './redis-store.ts';

export class RedisCorrectionsStore implements CorrectionsStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, { prefix = 'dm' }: RedisStoreOptions = {}) {
    this.#redis = redis;
    this.#keys = keysWith(prefix);
  }

  async corrections(slug: string, skip: number, count: number): Promise<StoredCorrection[]> {
    try {
      const entries = await this.#redis.zrevrange(this.#keys.of(slug).corrections, skip, skip + count - 1);
      return entries.map((entry) => {
        const [id = '', revision] = entry.split(' ');
        return { id, revision: Number(revision) };
      });
    } catch (error) {
      throw asUnavailable(error);
    }
  }
}
