import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { PeopleStore, StoredAccount, StoredRules, StoredSession } from '../../store/people-store.ts';
import { hashOfToken } from '../tokens.ts';

const hours = 3_600_000;
/** A shift and the way home; whoever comes back the next morning signs in again. */
export const idleMs = 16 * hours;
export const absoluteMs = 7 * 24 * hours;
/** What is over is kept for a while, as a clock may have jumped. */
const forgottenAfterMs = 30 * 24 * hours;
const seenEveryMs = 60_000;

/** Where somebody signs in from. */
export interface From {
  address: string;
  userAgent: string;
}

/** Somebody who is signed in. */
export interface Present {
  account: StoredAccount;
  session: StoredSession;
  rules: StoredRules;
}

export interface SessionParts {
  people: PeopleStore;
  clock: () => number;
}

/** A secret of 256 bits: a plain hash keeps it as safe as a slow one. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** Signed-in browsers. Session, account and rules are read anew each time: what was taken away is gone at once, on every node. */
export class Sessions {
  readonly #people: PeopleStore;
  readonly #clock: () => number;

  constructor({ people, clock }: SessionParts) {
    this.#people = people;
    this.#clock = clock;
  }

  /** Makes one, to be written together with what lets its owner in. */
  make(account: string, { address, userAgent }: From): { token: string; session: StoredSession } {
    const token = newSecretToken();
    const at = new Date(this.#clock()).toISOString();
    const session: StoredSession = {
      hash: hashOfToken(token),
      id: ulid(this.#clock()).toLowerCase(),
      account,
      createdAt: at,
      seenAt: at,
      device: deviceOf(userAgent),
      address,
    };
    return { token, session };
  }

  /** Who has this token; null: nobody any more. `isActivity`: it puts off the end for idleness. Throws StoreUnavailable. */
  async of(token: string, isActivity: boolean): Promise<Present | null> {
    const session = await this.#people.session(hashOfToken(token));
    const now = this.#clock();
    if (!session || isOver(session, now)) return null;
    const [account, rules] = await Promise.all([this.#people.account(session.account), this.#people.rules()]);
    if (!account || account.disabledAt !== null) return null;
    if (isActivity && now - Date.parse(session.seenAt) >= seenEveryMs) await this.#seen(session, now);
    return { account, session, rules };
  }

  /** Where it was ended meanwhile it stays ended. */
  async #seen(before: StoredSession, now: number): Promise<void> {
    const after = { ...before, seenAt: new Date(now).toISOString() };
    await this.#people.commit({ effects: [{ kind: 'session', before, after }], audit: [] });
  }

  /** Those of an account that are not over, newest first. */
  async ofAccount(account: string): Promise<StoredSession[]> {
    const now = this.#clock();
    const all = await this.#people.sessions();
    return all
      .filter((session) => session.account === account && !isOver(session, now))
      .sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1));
  }

  /** All that ought to be written to end an account’s sessions, but for one. */
  async endings(
    account: string,
    except: string | null = null,
  ): Promise<{ kind: 'session'; before: StoredSession; after: null }[]> {
    const all = await this.#people.sessions();
    return all
      .filter((session) => session.account === account && session.hash !== except)
      .map((before) => ({ kind: 'session', before, after: null }));
  }

  /** Those that have been over for so long that nobody asks after them. */
  async forgotten(): Promise<{ kind: 'session'; before: StoredSession; after: null }[]> {
    const now = this.#clock();
    const all = await this.#people.sessions();
    return all
      .filter(({ createdAt }) => now - Date.parse(createdAt) > forgottenAfterMs)
      .map((before) => ({ kind: 'session', before, after: null }));
  }
}

/** Times are kept beside the entry: a clock that jumps ahead ends no session for good. */
const isOver = ({ createdAt, seenAt }: StoredSession, now: number): boolean =>
  now - Date.parse(createdAt) >= absoluteMs || now - Date.parse(seenAt) >= idleMs;

const browsers: [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [pattern: RegExp, name: string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** What its owner will know it by: “Firefox on Linux”. Enough to tell a phone from a desk, and nothing is decided by it. */
export function deviceOf(userAgent: string): string {
  const named = (list: typeof browsers): string | undefined => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [named(browsers) ?? 'A browser', named(systems)].filter(Boolean).join(' on ');
}
