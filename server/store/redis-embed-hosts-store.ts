import { readFileSync } from 'node:fs';
import { limits } from '../../shared/limits.ts';
import { type Commands, reach } from './connection.ts';
import type { EmbedHost, EmbedHostsStore } from './embed-hosts-store.ts';
import type { Keys } from './keys.ts';

const countScript = readFileSync(new URL('./scripts/count-embed-hosts.lua', import.meta.url), 'utf8');
const keptMs = limits.embedHostDays * 86_400_000;

export class RedisEmbedHostsStore implements EmbedHostsStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async add(slug: string, loads: ReadonlyMap<string, number>, now: number): Promise<void> {
    const { embedHosts, embedHostsSeen } = this.#keys.of(slug);
    const counts = [...loads].flatMap(([host, count]) => [host, String(count)]);
    const given = [String(now), String(now - keptMs), String(limits.embedHostsKept), ...counts];
    await reach(this.#redis.eval(countScript, 2, embedHosts, embedHostsSeen, ...given));
  }

  async list(slug: string, now: number): Promise<EmbedHost[]> {
    const { embedHosts, embedHostsSeen } = this.#keys.of(slug);
    const [loads, seen] = await reach(
      Promise.all([
        this.#redis.zrange(embedHosts, '0', '-1', 'WITHSCORES'),
        this.#redis.zrange(embedHostsSeen, '0', '-1', 'WITHSCORES'),
      ]),
    );
    const lastAt = new Map(pairs(seen));
    return pairs(loads)
      .map(([host, count]) => ({ host, loads: count, lastAt: lastAt.get(host) ?? 0 }))
      .filter((one) => one.lastAt >= now - keptMs)
      .sort((a, b) => b.loads - a.loads || (a.host < b.host ? -1 : 1));
  }
}

/** Members of a sorted set and their scores, as Redis gives them. */
const pairs = (flat: readonly string[]): [string, number][] =>
  flat.flatMap((member, at): [string, number][] => (at % 2 === 0 ? [[member, Number(flat[at + 1])]] : []));
