import { readFileSync } from 'node:fs';
import { asUnavailable, type Commands } from './connection.ts';
import type { Keys, PeopleKeys } from './keys.ts';
import {
  type Budget,
  emailKey,
  initialRules,
  type PeopleCommit,
  type PeopleEffect,
  type PeopleStore,
  type StoredAccount,
  type StoredDevices,
  type StoredInvitation,
  type StoredRules,
  type StoredSession,
} from './people-store.ts';
import { keptOfStaff } from './redis-audit-store.ts';

const script = (name: string): string => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const commitScript = script('commit-people');
const attemptScript = script('take-attempt');

type Change = [key: string, field: string, before: string | null, after: string | null];

/** The people on Redis: hashes of JSON, all in one slot of a cluster. */
export class RedisPeopleStore implements PeopleStore {
  readonly #redis: Commands;
  readonly #keys: PeopleKeys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys.people;
  }

  accounts(): Promise<StoredAccount[]> {
    return this.#all(this.#keys.accounts);
  }

  account(id: string): Promise<StoredAccount | null> {
    return this.#one(this.#keys.accounts, id);
  }

  async accountByEmail(email: string): Promise<StoredAccount | null> {
    const id = await reach(this.#redis.hget(this.#keys.emails, email));
    return id === null ? null : this.account(id);
  }

  session(hash: string): Promise<StoredSession | null> {
    return this.#one(this.#keys.sessions, hash);
  }

  sessions(): Promise<StoredSession[]> {
    return this.#all(this.#keys.sessions);
  }

  invitation(hash: string): Promise<StoredInvitation | null> {
    return this.#one(this.#keys.invitations, hash);
  }

  invitations(): Promise<StoredInvitation[]> {
    return this.#all(this.#keys.invitations);
  }

  devices(account: string): Promise<StoredDevices | null> {
    return this.#one(this.#keys.devices, account);
  }

  async rules(): Promise<StoredRules> {
    return (await this.#one<StoredRules>(this.#keys.rules, 'rules')) ?? initialRules;
  }

  async commit({ effects, audit, isFirst = false }: PeopleCommit): Promise<boolean> {
    const changes = effects.flatMap((effect) => this.#changesOf(effect));
    const keys = [this.#keys.audit, this.#keys.accounts, ...new Set(changes.map(([key]) => key))];
    const numbered = changes.map(([key, field, before, after]) => [
      keys.lastIndexOf(key) + 1,
      field,
      before ?? false,
      after ?? false,
    ]);
    const command = JSON.stringify({
      changes: numbered,
      audit: audit.map((entry) => JSON.stringify(entry)),
      keep: keptOfStaff,
      isFirst,
    });
    return (await reach(this.#redis.eval(commitScript, keys.length, ...keys, command))) === 1;
  }

  takeAttempt(budgets: readonly Budget[], now: number): Promise<number> {
    const asked = budgets.map(({ name, most, windowMs }) => [name, most, windowMs]);
    return reach(
      this.#redis.eval(attemptScript, 1, this.#keys.attempts, 'take', now, JSON.stringify(asked)),
    ) as Promise<number>;
  }

  async returnAttempt(budgets: readonly Budget[], cleared: readonly string[]): Promise<void> {
    const asked = budgets.map(({ name }) => [name, cleared.includes(name)]);
    await reach(this.#redis.eval(attemptScript, 1, this.#keys.attempts, 'return', 0, JSON.stringify(asked)));
  }

  #changesOf(effect: PeopleEffect): Change[] {
    const k = this.#keys;
    const { before, after } = effect;
    const texts = [
      before === null ? null : JSON.stringify(before),
      after === null ? null : JSON.stringify(after),
    ] as const;
    switch (effect.kind) {
      case 'account': {
        const [old, now] = [effect.before && emailKey(effect.before.email), emailKey(effect.after.email)];
        const { id } = effect.after;
        const moved: Change[] = old === now ? [] : [[k.emails, now, null, id]];
        if (old !== null && old !== now) moved.push([k.emails, old, id, null]);
        return [[k.accounts, id, ...texts], ...moved];
      }
      case 'rules':
        return [[k.rules, 'rules', effect.before.revision === 0 ? null : texts[0], texts[1]]];
      case 'devices':
        return [[k.devices, effect.after.account, ...texts]];
      case 'session':
        return [[k.sessions, (effect.before ?? effect.after)?.hash ?? '', ...texts]];
      case 'invitation':
        return [[k.invitations, (effect.before ?? effect.after)?.hash ?? '', ...texts]];
    }
  }

  async #one<T>(key: string, field: string): Promise<T | null> {
    const text = await reach(this.#redis.hget(key, field));
    return text === null ? null : (JSON.parse(text) as T);
  }

  async #all<T>(key: string): Promise<T[]> {
    return (await reach(this.#redis.hvals(key))).map((text) => JSON.parse(text) as T);
  }
}

async function reach<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw asUnavailable(error);
  }
}
