import { readFileSync } from 'node:fs';
import { type Commands, reach } from './connection.ts';
import type { Keys } from './keys.ts';
import type { ReadersStore, Window } from './readers-store.ts';

const countScript = readFileSync(new URL('./scripts/count-readers.lua', import.meta.url), 'utf8');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A window is made of whole buckets, the present one included: 24 hours are 24 to 25, 7 days are 7 to 8. */
const windows: Record<Window, { of: (at: number) => string; bucketMs: number; buckets: number }> = {
  '24h': { of: (at) => `h:${new Date(at).toISOString().slice(0, 13)}`, bucketMs: hourMs, buckets: 25 },
  '7d': { of: (at) => `d:${new Date(at).toISOString().slice(0, 10)}`, bucketMs: dayMs, buckets: 8 },
};

/** Readers counted in a bucket for each hour and each day. */
export class RedisReadersStore implements ReadersStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async add(slug: string, readers: ReadonlyMap<string, number>, now: number): Promise<void> {
    const k = this.#keys.of(slug);
    const named = Object.values(windows).map(({ of, bucketMs, buckets }) => ({
      name: of(now),
      until: String(now + (buckets + 1) * bucketMs),
    }));
    const keys = [...named.map(({ name }) => k.readers(name)), k.readerBuckets];
    const counts = [...readers].flatMap(([id, count]) => [id, String(count)]);
    const given = [String(now), k.readers(''), ...named.flatMap(({ name, until }) => [name, until]), ...counts];
    await reach(this.#redis.eval(countScript, keys.length, ...keys, ...given));
  }

  async mostRead(slug: string, window: Window, now: number, limit: number): Promise<{ id: string; readers: number }[]> {
    const { of, bucketMs, buckets } = windows[window];
    const k = this.#keys.of(slug);
    const keys = Array.from({ length: buckets }, (_, back) => k.readers(of(now - back * bucketMs)));
    const union = (await reach(this.#redis.call('ZUNION', String(keys.length), ...keys, 'WITHSCORES'))) as unknown[];
    const flat = union.flat().map(String);
    const all = flat.flatMap((id, at) => (at % 2 === 0 ? [{ id, readers: Number(flat[at + 1]) }] : []));
    return all.sort((a, b) => b.readers - a.readers || (a.id < b.id ? 1 : -1)).slice(0, limit);
  }
}
