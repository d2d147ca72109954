import type { Delivery, Webhook } from '../../shared/webhook.ts';
import type { AuditEntry } from './store.ts';

/** How far a follower outside has been served. */
interface Progress {
  id: string;
  /** `epoch:seq`: what comes after it is still to be delivered. */
  position: string;
  /** Attempts at the next change that have failed, since when (RFC 3339), and when (ms) to try again. */
  failures: number;
  failingSince: string | null;
  nextAt: number;
}

/** Its secrets are kept as they are, not as hashes: messages are signed with them. */
export interface StoredWebhook
  extends Progress,
    Pick<Webhook, 'name' | 'url' | 'format' | 'events' | 'keyOnly' | 'recipient' | 'createdAt' | 'disabled'> {
  kind: 'webhook';
  /** Newest first; all of them sign. */
  secrets: string[];
  token: string | null;
  /** Ours, for the links in what is sent. */
  origin: string;
  /** Newest first. Positions and outcomes alone: nothing here outlives a takedown. */
  deliveries: Delivery[];
  /** Seqs of changes that somebody asked to have sent once more. */
  resend: number[];
}

/** A subscription to one of the feeds (WebSub). */
export interface StoredSubscription extends Progress {
  kind: 'websub';
  topic: string;
  callback: string;
  secret: string | null;
  /** ms */
  expiresAt: number;
  /** Digest of the last feed that was delivered: the same once more is no news. */
  sent: string | null;
}

export type StoredHook = StoredWebhook | StoredSubscription;

/** Who outside is told of a timeline’s changes. Throws StoreUnavailable as the store does. */
export interface HooksStore {
  /** Another one after each write to any hook of the timeline. */
  version(slug: string): Promise<string>;
  hooks(slug: string): Promise<StoredHook[]>;
  hook(slug: string, id: string): Promise<StoredHook | null>;
  /**
   * Puts `after` in the place of `before` (null: nothing), together with an entry of the timeline’s audit log. False, and
   * nothing written, where it has changed since or the timeline is gone.
   */
  saveHook(
    slug: string,
    before: StoredHook | null,
    after: StoredHook | null,
    audit?: AuditEntry | null,
  ): Promise<boolean>;
}
