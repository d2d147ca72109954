import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import type { SignInInput } from '../../../shared/people.ts';
import type { ProblemCode } from '../../../shared/problems.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { audited } from '../../domain/audited.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import {
  type Budget,
  emailKey,
  type PeopleStore,
  type StoredAccount,
  type StoredDevices,
} from '../../store/people-store.ts';
import { hashOfToken } from '../tokens.ts';
import type { Passwords } from './passwords.ts';
import { actorOf } from './present-person.ts';
import { afterCode } from './second-factor.ts';
import { type From, newSecretToken, type Present, type Sessions } from './sessions.ts';

export interface SignInParts {
  people: PeopleStore;
  audit: AuditStore;
  sessions: Sessions;
  passwords: Passwords;
  clock: () => number;
  log: Logger;
}

/** Where an attempt comes from; `device`: what this browser was given when somebody signed in on it before. */
export interface Asker extends From {
  device: string | null;
}

export interface SignedIn {
  present: Present;
  token: string;
  /** To be kept by the browser beyond the session. */
  device: string;
}

const minutes = 60_000;
const devicesKept = 20;
const attempts = 5;

/**
 * Signs people in. Attempts are counted before anything is tried, by what nobody else shares: a browser in which this account was
 * signed in before has a budget of its own. All others have one for the account at their address, one for the account from
 * everywhere and one for their address. So strangers lock neither an account (its owner’s browsers are not counted with them)
 * nor a newsroom (colleagues’ browsers are known), and whatever is guessed, it is slow.
 */
export class SignIn {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** A refusal for too many attempts says in `waitMs` when to come back. */
  async attempt(
    { email, password, code }: SignInInput,
    asker: Asker,
  ): Promise<Result<SignedIn> | { ok: false; waitMs: number }> {
    const { people, passwords, clock } = this.#parts;
    const name = emailKey(email);
    const account = await people.accountByEmail(name);
    const known = account && asker.device !== null ? await people.devices(account.id) : null;
    const isKnown = asker.device !== null && (known?.hashes.includes(hashOfToken(asker.device)) ?? false);
    const budgets = isKnown ? [ofDevice(asker.device ?? '')] : ofStranger(name, asker.address);
    const waitMs = await people.takeAttempt(budgets, clock());
    if (waitMs > 0) return { ok: false, waitMs };

    const verified = await passwords.verify(account?.passwordHash ?? null, password);
    if (!verified.ok) {
      await people.returnAttempt(budgets, []);
      return verified;
    }
    if (!verified.value || !account || account.disabledAt !== null) {
      return this.#refused(
        account,
        email,
        asker,
        'wrong-credentials',
        'There is no account with this address and this password.',
      );
    }
    const factor = account.secondFactor;
    if (factor && code === undefined) {
      await people.returnAttempt(budgets, []);
      return refuse('second-factor-wanted', 'Type the code of your authenticator, or a recovery code.');
    }
    const entered = await this.#enter(account, code ?? '', asker, isKnown);
    if (entered === null)
      return this.#refused(account, email, asker, 'wrong-code', 'It is wrong, too old, or was used before.');
    await people.returnAttempt(
      budgets,
      budgets.slice(0, 1).map((budget) => budget.name),
    );
    return ok(entered);
  }

  /** Writes the session, the code that was used up, and the browser that is known from now on, in one step. null: the code is no good. */
  async #enter(account: StoredAccount, code: string, asker: Asker, isKnown: boolean): Promise<SignedIn | null> {
    const { people, sessions, clock } = this.#parts;
    const device = isKnown && asker.device !== null ? asker.device : newSecretToken();
    let before = account;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const secondFactor = before.secondFactor && afterCode(before.secondFactor, code, clock());
      if (before.secondFactor && !secondFactor) return null;
      const after: StoredAccount = { ...before, secondFactor };
      const { token, session } = sessions.make(account.id, asker);
      const devices = await people.devices(account.id);
      const done = audited(actorOf(account, asker.address), clock(), {
        action: 'session.begin',
        target: account.id,
        targetName: session.device,
      });
      const isWritten = await people.commit({
        effects: [
          { kind: 'account', before, after },
          { kind: 'session', before: null, after: session },
          ...(isKnown
            ? []
            : [{ kind: 'devices' as const, before: devices, after: withDevice(account.id, devices, device) }]),
          ...(await sessions.forgotten()),
        ],
        audit: [done],
      });
      if (isWritten) return { present: { account: after, session, rules: await people.rules() }, token, device };
      // Somebody else changed the account meanwhile: it may be another one by now, or none.
      const now = await people.account(account.id);
      if (!now || now.disabledAt !== null || now.passwordHash !== account.passwordHash) return null;
      before = now;
    }
    throw new Error('signing in lost every race');
  }

  async #refused(
    account: StoredAccount | null,
    email: string,
    { address }: Asker,
    code: ProblemCode,
    detail: string,
  ): Promise<Result<never>> {
    const { audit, clock, log } = this.#parts;
    // What was typed may be a password in the wrong field: without an account it is not kept.
    const target = account ? { target: account.id, targetName: account.name } : { target: 'unknown', targetName: null };
    const nobody = {
      id: 'nobody',
      name: account ? account.email : masked(email),
      role: 'reporter',
      timelines: [],
      address,
    } as const;
    await audit.put('refusals', audited(nobody, clock(), { action: 'session.refuse', ...target }));
    log.info({ account: account?.id ?? null, code }, 'a sign-in was refused');
    return refuse(code, detail);
  }
}

const ofDevice = (device: string): Budget => ({
  name: `device ${hashOfToken(device)}`,
  most: 20,
  windowMs: 15 * minutes,
});

const ofStranger = (email: string, address: string): Budget[] => [
  { name: `pair ${hashOfToken(email)} ${group(address)}`, most: 10, windowMs: 15 * minutes },
  { name: `account ${hashOfToken(email)}`, most: 100, windowMs: 60 * minutes },
  { name: `address ${group(address)}`, most: 200, windowMs: 15 * minutes },
];

const withDevice = (account: string, before: StoredDevices | null, device: string): StoredDevices => ({
  account,
  hashes: [...(before?.hashes ?? []), hashOfToken(device)].slice(-devicesKept),
});

/** The address that was tried, as far as it tells staff whether it was a slip: “j…@example.org”. */
const masked = (email: string): string => {
  const [local = '', domain] = email.split('@');
  return domain === undefined ? 'no address' : `${local.slice(0, 1)}…@${domain.slice(0, 100)}`;
};

/** A household or a server has a whole /64 of IPv6 to itself. */
function group(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return isIPv6(plain) ? plain.split(':').slice(0, 4).join(':') : plain;
}
