import { type Commands, reach } from './connection.ts';
import type { Keys } from './keys.ts';
import type { PushStore, StoredSubscription, Told, VapidKeys } from './push-store.ts';

const atOnce = 200;
const positionField = 'position';

/** Subscriptions on Redis. */
export class RedisPushStore implements PushStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async vapidKeys(make: () => VapidKeys): Promise<VapidKeys> {
    const { vapid } = this.#keys;
    const known = await reach(this.#redis.get(vapid));
    if (known === null) await reach(this.#redis.setnx(vapid, JSON.stringify(make())));
    return JSON.parse(known ?? (await reach(this.#redis.get(vapid))) ?? '') as VapidKeys;
  }

  async subscribe(slug: string, id: string, subscription: StoredSubscription): Promise<void> {
    const { push, pushed } = this.#keys.of(slug);
    // Before the subscription: from here on the log is told.
    await reach(this.#redis.hsetnx(pushed, positionField, subscription.since));
    await reach(this.#redis.hset(push, id, JSON.stringify(subscription)));
  }

  async unsubscribe(slug: string, id: string): Promise<boolean> {
    return (await reach(this.#redis.hdel(this.#keys.of(slug).push, id))) === 1;
  }

  async isSubscribed(slug: string, id: string): Promise<boolean> {
    return (await reach(this.#redis.hexists(this.#keys.of(slug).push, id))) === 1;
  }

  async count(slug: string): Promise<number> {
    return reach(this.#redis.hlen(this.#keys.of(slug).push));
  }

  async subscriptions(
    slug: string,
    cursor: string,
  ): Promise<{ cursor: string; found: { id: string; subscription: StoredSubscription }[] }> {
    const [next, flat] = await reach(this.#redis.hscan(this.#keys.of(slug).push, cursor, 'COUNT', atOnce));
    const found = flat.flatMap((id, at) =>
      at % 2 === 0 ? [{ id, subscription: JSON.parse(flat[at + 1] ?? '') as StoredSubscription }] : [],
    );
    return { cursor: next, found };
  }

  async position(slug: string): Promise<string | null> {
    return reach(this.#redis.hget(this.#keys.of(slug).pushed, positionField));
  }

  async moveTo(slug: string, position: string): Promise<void> {
    await reach(this.#redis.hset(this.#keys.of(slug).pushed, positionField, position));
  }

  async told(slug: string, update: string): Promise<Told | null> {
    const text = await reach(this.#redis.hget(this.#keys.of(slug).pushed, `u:${update}`));
    return text === null ? null : (JSON.parse(text) as Told);
  }

  async noteTold(slug: string, update: string, told: Told | null): Promise<void> {
    const { pushed } = this.#keys.of(slug);
    if (told === null) await reach(this.#redis.hdel(pushed, `u:${update}`));
    else await reach(this.#redis.hset(pushed, `u:${update}`, JSON.stringify(told)));
  }
}
