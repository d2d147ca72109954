import type { Person, PersonPatch, Rules } from '../../../shared/people.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { audited, type Done } from '../../domain/audited.ts';
import type { PeopleEffect, PeopleStore, StoredAccount } from '../../store/people-store.ts';
import { presentPerson } from './present-person.ts';
import type { Sessions } from './sessions.ts';

export interface PeopleParts {
  people: PeopleStore;
  sessions: Sessions;
  clock: () => number;
}

/** What an admin does with other people’s accounts. It holds from their next request on. */
export class PeopleDesk {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  async list(): Promise<Person[]> {
    const { people } = this.#parts;
    const [accounts, sessions] = await Promise.all([people.accounts(), people.sessions()]);
    const seen = new Map<string, string>();
    for (const { account, seenAt } of sessions) if (seenAt > (seen.get(account) ?? '')) seen.set(account, seenAt);
    return accounts
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((account) => presentPerson(account, seen.get(account.id) ?? null));
  }

  async account(id: string): Promise<Result<StoredAccount>> {
    const account = await this.#parts.people.account(id);
    return account ? ok(account) : refuse('not-found', 'There is no such person.');
  }

  async revise(actor: Actor, id: string, revision: number | null, patch: PersonPatch): Promise<Result<Person>> {
    const { people, sessions, clock } = this.#parts;
    if (revision === null) return refuse('if-match-required', 'Send the revision that you have as If-Match.');
    const found = await this.account(id);
    if (!found.ok) return found;
    const before = found.value;
    if (before.revision !== revision) {
      return refuse('stale-revision', `It stands at revision ${before.revision}.`, {
        current: presentPerson(before, null),
      });
    }
    const after = revised(before, patch, clock());
    const done = differences(before, after);
    if (done.length === 0) return ok(presentPerson(before, null));
    if (isMaster(before) && !isMaster(after) && (await this.#isLastMaster(id))) {
      return refuse('last-admin', 'Make somebody else an admin of all timelines first.');
    }
    const endings: PeopleEffect[] = after.disabledAt === null ? [] : await sessions.endings(id);
    const audit = done.map((one) => audited(actor, clock(), { ...one, target: id, targetName: after.name }));
    const isWritten = await people.commit({ effects: [{ kind: 'account', before, after }, ...endings], audit });
    return isWritten ? ok(presentPerson(after, null)) : refuse('contended', 'It was changed just now: try again.');
  }

  async rules(): Promise<Rules> {
    const { secondFactorRequired, revision } = await this.#parts.people.rules();
    return { secondFactorRequired, revision };
  }

  async reviseRules(actor: Actor, revision: number | null, secondFactorRequired: boolean): Promise<Result<Rules>> {
    const { people, clock } = this.#parts;
    if (revision === null) return refuse('if-match-required', 'Send the revision that you have as If-Match.');
    const before = await people.rules();
    if (before.revision !== revision) {
      return refuse('stale-revision', `They stand at revision ${before.revision}.`, { current: before });
    }
    if (before.secondFactorRequired === secondFactorRequired) return ok(before);
    const after = { secondFactorRequired, revision: before.revision + 1 };
    const reason = secondFactorRequired ? 'a second factor is required' : 'a second factor is optional';
    const audit = [audited(actor, clock(), { action: 'rules.revise', target: 'rules', reason })];
    const isWritten = await people.commit({ effects: [{ kind: 'rules', before, after }], audit });
    return isWritten ? ok(after) : refuse('contended', 'They were changed just now: try again.');
  }

  async #isLastMaster(id: string): Promise<boolean> {
    const others = (await this.#parts.people.accounts()).filter((account) => account.id !== id && isMaster(account));
    return others.length === 0;
  }
}

/** Can let others in. */
const isMaster = ({ role, timelines, disabledAt }: StoredAccount): boolean =>
  role === 'admin' && timelines === null && disabledAt === null;

function revised(before: StoredAccount, patch: PersonPatch, now: number): StoredAccount {
  const disabledAt =
    patch.disabled === undefined
      ? before.disabledAt
      : patch.disabled
        ? (before.disabledAt ?? new Date(now).toISOString())
        : null;
  return {
    ...before,
    name: patch.name ?? before.name,
    role: patch.role ?? before.role,
    timelines:
      patch.timelines === undefined ? before.timelines : patch.timelines && [...new Set(patch.timelines)].sort(),
    disabledAt,
    revision: before.revision + 1,
  };
}

function differences(before: StoredAccount, after: StoredAccount): Omit<Done, 'target'>[] {
  const done: Omit<Done, 'target'>[] = [];
  const list = (timelines: readonly string[] | null): string => timelines?.join(', ') ?? 'all';
  if (before.name !== after.name) done.push({ action: 'person.rename', reason: `was ${before.name}` });
  if (before.role !== after.role) done.push({ action: 'person.role', reason: `${before.role} → ${after.role}` });
  if (list(before.timelines) !== list(after.timelines))
    done.push({ action: 'person.timelines', reason: `${list(before.timelines)} → ${list(after.timelines)}` });
  if (before.disabledAt !== after.disabledAt)
    done.push({ action: after.disabledAt === null ? 'person.enable' : 'person.disable' });
  return done;
}
