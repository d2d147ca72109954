import { readFileSync } from 'node:fs';
import { type Commands, reach } from './connection.ts';
import type { HooksStore, StoredHook } from './hooks-store.ts';
import type { Keys } from './keys.ts';
import { keptOfTimeline } from './redis-audit-store.ts';
import type { AuditEntry } from './store.ts';

const saveScript = readFileSync(new URL('./scripts/save-hook.lua', import.meta.url), 'utf8');

const written = (value: unknown): string => (value === null ? '' : JSON.stringify(value));

/** Webhooks and subscriptions on Redis. */
export class RedisHooksStore implements HooksStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async version(slug: string): Promise<string> {
    const counted = await reach(this.#redis.hmget(this.#keys.of(slug).timeline, 'epoch', 'hooks'));
    return counted.join(' ');
  }

  async hooks(slug: string): Promise<StoredHook[]> {
    const found = await reach(this.#redis.hvals(this.#keys.of(slug).hooks));
    return found.map((text) => JSON.parse(text) as StoredHook);
  }

  async hook(slug: string, id: string): Promise<StoredHook | null> {
    const found = await reach(this.#redis.hget(this.#keys.of(slug).hooks, id));
    return found === null ? null : (JSON.parse(found) as StoredHook);
  }

  async saveHook(
    slug: string,
    before: StoredHook | null,
    after: StoredHook | null,
    audit: AuditEntry | null = null,
  ): Promise<boolean> {
    const { timeline, hooks, deeds } = this.#keys.of(slug);
    const id = (before ?? after)?.id ?? '';
    const given = [id, written(before), written(after), written(audit), keptOfTimeline];
    return (await reach(this.#redis.eval(saveScript, 3, timeline, hooks, deeds, ...given))) === 1;
  }
}
