import { type Commands, reach } from './connection.ts';
import type { EmbedReleasesStore } from './embed-releases-store.ts';
import type { Keys } from './keys.ts';

export class RedisEmbedReleasesStore implements EmbedReleasesStore {
  readonly #redis: Commands;
  readonly #key: string;

  constructor(redis: Commands, { embedFiles }: Keys) {
    this.#redis = redis;
    this.#key = embedFiles;
  }

  /** One connection keeps the order in which they are sent. */
  async keep(files: ReadonlyMap<string, string>): Promise<void> {
    await Promise.all([...files].map(([name, text]) => reach(this.#redis.hsetnx(this.#key, name, text))));
  }

  read(name: string): Promise<string | null> {
    return reach(this.#redis.hget(this.#key, name));
  }
}
