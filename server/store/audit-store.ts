import type { AuditEntry } from './store.ts';

/**
 * Where the audit log keeps what. What is done to timelines, accounts, invitations and rules is written in the same step as the
 * deed itself, by the commits of `Store` and `PeopleStore`; here it is read, and here goes what is no commit.
 * - `staff`: people, tokens, rules; the newest 50,000
 * - `refusals`: sign-ins that failed, which strangers can make many of; the newest 5,000
 * - `deeds` of a timeline: the newest 20,000
 * - `removals` of a timeline: takedowns, with their reasons, for ever
 */
export type AuditSource = 'staff' | 'refusals' | { timeline: string; kept: 'deeds' | 'removals' };

export interface AuditStore {
  /** Newest first: `count` entries after the first `skip`. */
  read(source: AuditSource, skip: number, count: number): Promise<AuditEntry[]>;
  put(source: AuditSource, entry: AuditEntry): Promise<void>;
}
