import type { AuditEntry, Role } from './store.ts';

/**
 * Who works here: accounts, their sessions, invitations, and the rules that all keep to. Guarantees, held by the contract suite:
 * - `commit` is one step: everything in it is written, with its audit entries, or nothing, where any of it has moved on since;
 * - what it has answered is on disk, and is what every node reads from then on;
 * - `takeAttempt` counts before anything is tried, so that no burst of attempts gets more than its budgets.
 * Throws `StoreUnavailable` as the store does.
 */
export interface PeopleStore {
  accounts(): Promise<StoredAccount[]>;
  account(id: string): Promise<StoredAccount | null>;
  /** `email` as `emailKey` makes it. */
  accountByEmail(email: string): Promise<StoredAccount | null>;
  session(hash: string): Promise<StoredSession | null>;
  sessions(): Promise<StoredSession[]>;
  invitation(hash: string): Promise<StoredInvitation | null>;
  invitations(): Promise<StoredInvitation[]>;
  /** Browsers in which this account was signed in before. */
  devices(account: string): Promise<StoredDevices | null>;
  rules(): Promise<StoredRules>;

  /** False: something was not as the commit had it before. */
  commit(commit: PeopleCommit): Promise<boolean>;

  /** Takes one from every budget, or from none where one is used up: then the answer is how many ms to wait. */
  takeAttempt(budgets: readonly Budget[], now: number): Promise<number>;
  /** Gives back what an attempt took that turned out to be right; `cleared` are forgotten altogether. */
  returnAttempt(budgets: readonly Budget[], cleared: readonly string[]): Promise<void>;
}

export interface StoredAccount {
  id: string;
  name: string;
  email: string;
  role: Role;
  timelines: string[] | null;
  passwordHash: string;
  secondFactor: SecondFactor | null;
  /** The secret of a second factor that has been begun and not been confirmed. */
  pendingSecret: string | null;
  disabledAt: string | null;
  createdAt: string;
  revision: number;
}

export interface SecondFactor {
  /** Base32. */
  secret: string;
  /** The last time step whose code was taken: each is good once. */
  usedStep: number;
  recoveryHashes: string[];
}

export interface StoredSession {
  hash: string;
  id: string;
  account: string;
  createdAt: string;
  seenAt: string;
  /** “Firefox on Linux”. */
  device: string;
  address: string;
}

/**
 * A link that is good once. `setup` makes the first account, and only the first; `recovery` makes an admin at any time (from the
 * command line); `reset` gives `account` a new password and takes its second factor away.
 */
export interface StoredInvitation {
  hash: string;
  id: string;
  kind: 'setup' | 'recovery' | 'invitation' | 'reset';
  role: Role;
  timelines: string[] | null;
  account: string | null;
  /** For whom, as the inviter calls them. */
  name: string | null;
  by: string;
  byName: string;
  createdAt: string;
  expiresAt: string;
}

export interface StoredDevices {
  account: string;
  hashes: string[];
}

export interface StoredRules {
  secondFactorRequired: boolean;
  revision: number;
}

export const initialRules: StoredRules = { secondFactorRequired: false, revision: 0 };

/** What stood and what shall stand: null for nothing. */
export type PeopleEffect =
  | { kind: 'account'; before: StoredAccount | null; after: StoredAccount }
  | { kind: 'session'; before: StoredSession | null; after: StoredSession | null }
  | { kind: 'invitation'; before: StoredInvitation | null; after: StoredInvitation | null }
  | { kind: 'devices'; before: StoredDevices | null; after: StoredDevices }
  | { kind: 'rules'; before: StoredRules; after: StoredRules };

export interface PeopleCommit {
  effects: readonly PeopleEffect[];
  audit: readonly AuditEntry[];
  /** Only while there is no account at all. */
  isFirst?: boolean;
}

/** So many in a window that begins with the first. */
export interface Budget {
  name: string;
  most: number;
  windowMs: number;
}

/** One address, however it is written. */
export const emailKey = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
