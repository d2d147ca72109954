import type { ReplyStatus, StaffReply } from '../../shared/reply.ts';
import type { AuditEntry } from './store.ts';

/** A reply or report as it is kept. `sender`: keyed hashes of address and e-mail, while somebody may still ban them. */
export interface StoredReply extends StaffReply {
  sender: string[];
}

/**
 * What readers send in. Everything about an update lies under one key, which its takedown deletes in the step that takes it
 * down. No address is kept in clear; an e-mail is kept with its reply alone.
 */
export interface ReplyStore {
  /** Keeps a new one; answers its id, or that of the first where the same text came to this update before. */
  receive(reply: StoredReply, fingerprint: string): Promise<string>;
  /** Replaces `before` and tells the audit log, unless somebody has decided meanwhile: false. Bans `senders` until then (ms). */
  decide(
    before: StoredReply,
    after: StoredReply,
    deed: { audit: AuditEntry; senders: readonly string[]; until: number },
  ): Promise<boolean>;
  reply(slug: string, id: string): Promise<StoredReply | null>;
  /** Those of a status, oldest first, after the one with the id `after`. */
  queue(slug: string, status: ReplyStatus, page: { after: string | null; limit: number }): Promise<StoredReply[]>;
  counts(slug: string): Promise<Record<ReplyStatus, number>>;
  /** All approved replies to an update, oldest first. */
  approved(slug: string, update: string): Promise<StoredReply[]>;
  /** Deletes one for good, and tells the audit log where somebody wanted it. False: there is none. */
  remove(slug: string, id: string, audit: AuditEntry | null): Promise<boolean>;
  /** Deletes some that were decided on before `before` (ms) and are of no use any more. */
  trim(slug: string, before: number): Promise<void>;
  isBanned(slug: string, senders: readonly string[], now: number): Promise<boolean>;
  /** Takes one of a sender’s `most` turns in `windowMs`; how many ms to wait for the next where there is none, else 0. */
  takeTurn(sender: string, now: number, turns: { most: number; windowMs: number }): Promise<number>;
  /** The secret that senders are hashed with, the same for all nodes. */
  secret(): Promise<string>;
  /** Calls back with the slug of a timeline whose approved replies changed; null: any may have. */
  watch(listener: (slug: string | null) => void): Promise<() => Promise<void>>;
}

/** The id of a reply begins with that of its update, which says where it lies. */
export const updateOfReply = (id: string): string => id.slice(0, id.lastIndexOf('-'));
