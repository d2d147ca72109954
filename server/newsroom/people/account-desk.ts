import type { Account, Enrolment, OwnSessions, RecoveryCodes } from '../../../shared/people.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { audited, type Done } from '../../domain/audited.ts';
import type { PeopleEffect, PeopleStore, StoredAccount } from '../../store/people-store.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { actorOf, presentPerson } from './present-person.ts';
import { enrolment, newRecoveryCodes, newSecret, stepOf } from './second-factor.ts';
import type { Present, Sessions } from './sessions.ts';

export interface AccountParts {
  people: PeopleStore;
  sessions: Sessions;
  passwords: Passwords;
  clock: () => number;
}

/** What people do with their own account. Password and second factor ask for the password again. */
export class AccountDesk {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  read({ account, session, rules }: Present): Account {
    return {
      person: presentPerson(account, session.seenAt),
      recoveryCodes: account.secondFactor?.recoveryHashes.length ?? 0,
      secondFactorRequired: rules.secondFactorRequired,
    };
  }

  async rename(present: Present, revision: number, name: string): Promise<Result<Account>> {
    const { account } = present;
    if (account.revision !== revision) return stale(present, this.read(present));
    if (account.name === name) return ok(this.read(present));
    return this.#write(
      present,
      { ...account, name },
      { action: 'account.rename', target: account.id, targetName: name },
    );
  }

  /** Ends all other sessions too: whoever knew the old one is out. */
  async changePassword(present: Present, current: string, next: string): Promise<Result<void>> {
    const { people, sessions, passwords, clock } = this.#parts;
    const { account, session } = present;
    const proven = await this.#prove(present, current, '/current');
    if (!proven.ok) return proven;
    const fit = await checkPassword(next, '/next', [account.name, account.email]);
    if (!fit.ok) return fit;
    const hashed = await passwords.hash(next);
    if (!hashed.ok) return hashed;
    const after = { ...account, passwordHash: hashed.value, revision: account.revision + 1 };
    const isWritten = await people.commit({
      effects: [{ kind: 'account', before: account, after }, ...(await sessions.endings(account.id, session.hash))],
      audit: [audited(actorOf(account, session.address), clock(), { action: 'account.password', target: account.id })],
    });
    return isWritten ? ok(undefined) : contended();
  }

  async sessions({ account, session }: Present): Promise<OwnSessions> {
    const all = await this.#parts.sessions.ofAccount(account.id);
    return {
      sessions: all.map(({ hash, id, device, address, createdAt, seenAt }) => ({
        id,
        device,
        address,
        createdAt,
        seenAt,
        current: hash === session.hash,
      })),
    };
  }

  /** `id` null: this one. */
  async endSession(present: Present, id: string | null): Promise<Result<void>> {
    const { people, sessions, clock } = this.#parts;
    const { account, session } = present;
    const all = await sessions.ofAccount(account.id);
    const before = id === null ? all.find(({ hash }) => hash === session.hash) : all.find((one) => one.id === id);
    if (!before) return refuse('not-found', 'There is no such session.');
    await people.commit({
      effects: [{ kind: 'session', before, after: null }],
      audit: [
        audited(actorOf(account, session.address), clock(), {
          action: 'session.end',
          target: account.id,
          targetName: before.device,
        }),
      ],
    });
    // A commit that was too late found it ended, or just used: then it is ended below.
    const still = await people.session(before.hash);
    return still ? this.endSession(present, id) : ok(undefined);
  }

  async endAllSessions({ account, session }: Present): Promise<void> {
    const { people, sessions, clock } = this.#parts;
    const audit = [
      audited(actorOf(account, session.address), clock(), { action: 'session.end-all', target: account.id }),
    ];
    while (!(await people.commit({ effects: await sessions.endings(account.id), audit })));
  }

  /** Begins a second factor: nothing is asked for at sign-in before it is confirmed. */
  async beginSecondFactor(present: Present, password: string): Promise<Result<Enrolment>> {
    const { account } = present;
    const proven = await this.#prove(present, password, '/password');
    if (!proven.ok) return proven;
    if (account.secondFactor) return refuse('second-factor-set', 'Take the present one away first.');
    const pendingSecret = newSecret();
    const isWritten = await this.#parts.people.commit({
      effects: [{ kind: 'account', before: account, after: { ...account, pendingSecret } }],
      audit: [],
    });
    return isWritten ? ok(enrolment(pendingSecret, account.email)) : contended();
  }

  /** The first code proves that the authenticator works; from then on one is asked for. */
  async confirmSecondFactor(present: Present, code: string): Promise<Result<RecoveryCodes>> {
    const { account } = present;
    if (account.secondFactor) return refuse('second-factor-set', 'It is confirmed already.');
    const secret = account.pendingSecret;
    if (secret === null) return refuse('second-factor-not-begun', 'Begin with a new secret.');
    const usedStep = stepOf(secret, code, this.#parts.clock());
    if (usedStep === null)
      return refuse('validation-failed', 'This is not the code of this secret.', {
        errors: [{ path: '/code', message: 'does not belong to this secret; is the clock of your device right?' }],
      });
    const { codes, hashes } = newRecoveryCodes();
    const after = { ...account, pendingSecret: null, secondFactor: { secret, usedStep, recoveryHashes: hashes } };
    const written = await this.#write(present, after, { action: 'account.second-factor-on', target: account.id }, true);
    return written.ok ? ok({ recoveryCodes: codes }) : written;
  }

  async endSecondFactor(present: Present, password: string): Promise<Result<void>> {
    const proven = await this.#prove(present, password, '/password');
    if (!proven.ok) return proven;
    const { account } = present;
    if (!account.secondFactor) return refuse('not-found', 'There is no second factor.');
    const written = await this.#write(
      present,
      { ...account, secondFactor: null },
      { action: 'account.second-factor-off', target: account.id },
    );
    return written.ok ? ok(undefined) : written;
  }

  async renewRecoveryCodes(present: Present, password: string): Promise<Result<RecoveryCodes>> {
    const proven = await this.#prove(present, password, '/password');
    if (!proven.ok) return proven;
    const { account } = present;
    if (!account.secondFactor) return refuse('not-found', 'There is no second factor.');
    const { codes, hashes } = newRecoveryCodes();
    const after = { ...account, secondFactor: { ...account.secondFactor, recoveryHashes: hashes } };
    const written = await this.#write(present, after, { action: 'account.recovery-codes', target: account.id });
    return written.ok ? ok({ recoveryCodes: codes }) : written;
  }

  /** Counted like attempts to sign in, as it could be guessed here just as well. */
  async #prove({ account }: Present, password: string, path: string): Promise<Result<void>> {
    const { people, passwords, clock } = this.#parts;
    const budget = { name: `proof ${account.id}`, most: 10, windowMs: 15 * 60_000 };
    const waitMs = await people.takeAttempt([budget], clock());
    if (waitMs > 0)
      return refuse(
        'too-many-requests',
        `Too many wrong passwords. Try again in ${Math.ceil(waitMs / 60_000)} minutes.`,
      );
    const verified = await passwords.verify(account.passwordHash, password);
    if (!verified.ok || verified.value) await people.returnAttempt([budget], verified.ok ? [budget.name] : []);
    if (!verified.ok) return verified;
    if (verified.value) return ok(undefined);
    return refuse('validation-failed', 'This is not your password.', {
      errors: [{ path, message: 'is not your password' }],
    });
  }

  /** `othersEnd`: sessions that began before it end. */
  async #write(present: Present, account: StoredAccount, done: Done, othersEnd = false): Promise<Result<Account>> {
    const { people, sessions, clock } = this.#parts;
    const after = { ...account, revision: present.account.revision + 1 };
    const endings: PeopleEffect[] = othersEnd ? await sessions.endings(account.id, present.session.hash) : [];
    const isWritten = await people.commit({
      effects: [{ kind: 'account', before: present.account, after }, ...endings],
      audit: [audited(actorOf(account, present.session.address), clock(), done)],
    });
    return isWritten ? ok(this.read({ ...present, account: after })) : contended();
  }
}

const contended = (): Result<never> =>
  refuse('contended', 'Something else about this account was changed just now: try again.');

const stale = ({ account }: Present, current: Account): Result<never> =>
  refuse('stale-revision', `It stands at revision ${account.revision}.`, { current });
