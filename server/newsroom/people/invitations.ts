import { ulid } from 'ulid';
import type { Acceptance, Invitation, InvitationMade, NewInvitation } from '../../../shared/people.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { audited } from '../../domain/audited.ts';
import type { PeopleEffect, PeopleStore, StoredAccount, StoredInvitation } from '../../store/people-store.ts';
import { emailKey } from '../../store/people-store.ts';
import { hashOfToken } from '../tokens.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { actorOf, presentInvitation } from './present-person.ts';
import { type From, newSecretToken, type Sessions } from './sessions.ts';
import type { SignedIn } from './sign-in.ts';

export interface InvitationParts {
  people: PeopleStore;
  sessions: Sessions;
  passwords: Passwords;
  clock: () => number;
}

/** Each node that starts tells one, and may be started again and again. */
const setUpLinks = 8;

/** Links that are good once: the first account, new people, and people who can’t get in any more. */
export class Invitations {
  readonly #parts: InvitationParts;

  constructor(parts: InvitationParts) {
    this.#parts = parts;
  }

  async list(): Promise<Invitation[]> {
    const now = this.#parts.clock();
    const all = await this.#parts.people.invitations();
    return all
      .filter((one) => one.kind !== 'setup' && isGood(one, now))
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .map(presentInvitation);
  }

  create(actor: Actor, { name, role, timelines, days }: NewInvitation): Promise<InvitationMade> {
    return this.#make(
      actor,
      { kind: 'invitation', role, timelines: timelines ?? null, account: null, name: name ?? null },
      days,
    );
  }

  /** For somebody who has lost the password or the second factor. */
  reset(actor: Actor, { id, role, timelines, name }: StoredAccount): Promise<InvitationMade> {
    return this.#make(actor, { kind: 'reset', role, timelines, account: id, name }, 1);
  }

  /** The link to the first account, good until there is one; null where there is one. Other nodes have told theirs. */
  async setUp(actor: Actor): Promise<InvitationMade | null> {
    const { people } = this.#parts;
    if ((await people.accounts()).length > 0) return null;
    const all = await people.invitations();
    const earlier = all.filter(({ kind }) => kind === 'setup').sort((a, b) => (a.id < b.id ? 1 : -1));
    for (const before of earlier.slice(setUpLinks - 1))
      await people.commit({ effects: [{ kind: 'invitation', before, after: null }], audit: [] });
    return this.#make(actor, { kind: 'setup', role: 'admin', timelines: null, account: null, name: null }, 30);
  }

  /** The link to another admin’s account, from the command line, whoever is there already. */
  recover(actor: Actor): Promise<InvitationMade> {
    return this.#make(actor, { kind: 'recovery', role: 'admin', timelines: null, account: null, name: null }, 1);
  }

  async withdraw(actor: Actor, id: string): Promise<Result<void>> {
    const { people, clock } = this.#parts;
    const before = (await people.invitations()).find((one) => one.id === id);
    const done = audited(actor, clock(), {
      action: 'invitation.withdraw',
      target: id,
      targetName: before?.name ?? null,
    });
    const isWritten =
      before && (await people.commit({ effects: [{ kind: 'invitation', before, after: null }], audit: [done] }));
    return isWritten ? ok(undefined) : refuse('not-found', 'There is no such invitation.');
  }

  async look(token: string): Promise<Result<Invitation>> {
    const found = await this.#good(token);
    return found.ok ? ok(presentInvitation(found.value)) : found;
  }

  /** Makes the account, or gives it a new password, and signs in: the link, the account and the session in one step. */
  async accept(input: Acceptance, from: From): Promise<Result<SignedIn>> {
    const { people, sessions, passwords, clock } = this.#parts;
    const found = await this.#good(input.token);
    if (!found.ok) return found;
    const invitation = found.value;
    const made = await this.#accountFor(invitation, input);
    if (!made.ok) return made;
    const { before, wanted } = made.value;
    const fit = await checkPassword(input.password, '/password', [wanted.name, wanted.email]);
    if (!fit.ok) return fit;
    const hashed = await passwords.hash(input.password);
    if (!hashed.ok) return hashed;
    const after: StoredAccount = { ...wanted, passwordHash: hashed.value };
    const { token, session } = sessions.make(after.id, from);
    const device = newSecretToken();
    const endings: PeopleEffect[] = before ? await sessions.endings(before.id) : [];
    const devices = { account: after.id, hashes: [hashOfToken(device)] };
    const action = before ? 'account.reset' : 'account.create';
    const isWritten = await people.commit({
      effects: [
        { kind: 'invitation', before: invitation, after: null },
        { kind: 'account', before, after },
        ...endings,
        { kind: 'session', before: null, after: session },
        { kind: 'devices', before: before && (await people.devices(before.id)), after: devices },
      ],
      audit: [
        audited(actorOf(after, from.address), clock(), {
          action,
          target: after.id,
          targetName: after.name,
          reason: `${invitation.kind} by ${invitation.byName}`,
        }),
      ],
      isFirst: invitation.kind === 'setup',
    });
    if (isWritten) return ok({ present: { account: after, session, rules: await people.rules() }, token, device });
    const still = await this.#good(input.token);
    if (!still.ok || invitation.kind === 'setup') return used();
    return (await people.accountByEmail(emailKey(after.email))) ? emailTaken() : refuse('contended', 'Try again.');
  }

  async #accountFor(
    invitation: StoredInvitation,
    input: Acceptance,
  ): Promise<Result<{ before: StoredAccount | null; wanted: StoredAccount }>> {
    const { people, clock } = this.#parts;
    if (invitation.account !== null) {
      const before = await people.account(invitation.account);
      if (!before || before.disabledAt !== null) return used();
      const wanted = { ...before, secondFactor: null, pendingSecret: null, revision: before.revision + 1 };
      return ok({ before, wanted });
    }
    const errors = (['name', 'email'] as const)
      .filter((field) => input[field] === undefined)
      .map((field) => ({ path: `/${field}`, message: 'is required' }));
    if (errors.length > 0) return refuse('validation-failed', 'A new account needs a name and an address.', { errors });
    const email = input.email ?? '';
    if (await people.accountByEmail(emailKey(email))) return emailTaken();
    const wanted: StoredAccount = {
      id: ulid(clock()).toLowerCase(),
      name: input.name ?? '',
      email,
      role: invitation.role,
      timelines: invitation.timelines,
      passwordHash: '',
      secondFactor: null,
      pendingSecret: null,
      disabledAt: null,
      createdAt: new Date(clock()).toISOString(),
      revision: 1,
    };
    return ok({ before: null, wanted });
  }

  async #good(token: string): Promise<Result<StoredInvitation>> {
    const { people, clock } = this.#parts;
    const found = await people.invitation(hashOfToken(token));
    if (!found || !isGood(found, clock())) return used();
    if (found.kind === 'setup' && (await people.accounts()).length > 0) return used();
    return ok(found);
  }

  async #make(
    actor: Actor,
    what: Pick<StoredInvitation, 'kind' | 'role' | 'timelines' | 'account' | 'name'>,
    days: number,
  ): Promise<InvitationMade> {
    const { people, clock } = this.#parts;
    const now = clock();
    const token = newSecretToken();
    const after: StoredInvitation = {
      ...what,
      hash: hashOfToken(token),
      id: ulid(now).toLowerCase(),
      by: actor.id,
      byName: actor.name,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + days * 86_400_000).toISOString(),
    };
    const done = {
      action: 'invitation.create' as const,
      target: after.account ?? after.id,
      targetName: after.name,
      reason: `${after.kind}, ${after.role}`,
    };
    await people.commit({ effects: [{ kind: 'invitation', before: null, after }], audit: [audited(actor, now, done)] });
    const page = what.kind === 'setup' || what.kind === 'recovery' ? 'setup' : 'invitation';
    return { ...presentInvitation(after), path: `/newsroom/${page}/${token}` };
  }
}

const isGood = ({ expiresAt }: StoredInvitation, now: number): boolean => now < Date.parse(expiresAt);

const used = (): Result<never> => refuse('link-used', 'Ask whoever sent it for another one.');

const emailTaken = (): Result<never> =>
  refuse('email-taken', 'Somebody works here with this address.', {
    errors: [{ path: '/email', message: 'belongs to an account already' }],
  });
