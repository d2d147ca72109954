import type { AuditSource, AuditStore } from './audit-store.ts';
import { asUnavailable, type Commands } from './connection.ts';
import type { Keys } from './keys.ts';
import type { AuditEntry } from './store.ts';

export const keptOfStaff = 50_000;
export const keptOfTimeline = 20_000;
const keptRefusals = 5_000;

/** The audit log on Redis: lists of JSON, oldest first. */
export class RedisAuditStore implements AuditStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async read(source: AuditSource, skip: number, count: number): Promise<AuditEntry[]> {
    const { key } = this.#listOf(source);
    const entries = await this.#redis.lrange(key, -skip - count, -skip - 1).catch(asUnavailable);
    return entries.reverse().map((entry) => JSON.parse(entry) as AuditEntry);
  }

  async put(source: AuditSource, entry: AuditEntry): Promise<void> {
    const { key, keep } = this.#listOf(source);
    await this.#redis.rpush(key, JSON.stringify(entry)).catch(asUnavailable);
    if (keep !== null) await this.#redis.ltrim(key, -keep, -1).catch(asUnavailable);
  }

  #listOf(source: AuditSource): { key: string; keep: number | null } {
    if (source === 'staff') return { key: this.#keys.people.audit, keep: keptOfStaff };
    if (source === 'refusals') return { key: this.#keys.people.refusals, keep: keptRefusals };
    const { deeds, audit } = this.#keys.of(source.timeline);
    return source.kept === 'deeds' ? { key: deeds, keep: keptOfTimeline } : { key: audit, keep: null };
  }
}
