/** A browser that is told key developments. Nothing says whose it is. */
export interface StoredSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  language: string;
  timeZone: string;
  quiet: { from: string; to: string } | null;
  /** The change after which it asked: what was there before is not told. */
  since: string;
}

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/** An update that was told of: by which change, and with which words (a hash). */
export interface Told {
  seq: number;
  words: string;
}

/** Who is told key developments by Web Push, and up to where that was done. */
export interface PushStore {
  /** The pair of keys that push services know this installation by: made by whoever asks first, the same for all nodes. */
  vapidKeys(make: () => VapidKeys): Promise<VapidKeys>;
  /** Keeps a subscription in the place of the one with that id, and begins to tell at `since` where nobody was told so far. */
  subscribe(slug: string, id: string, subscription: StoredSubscription): Promise<void>;
  /** False: there is none. */
  unsubscribe(slug: string, id: string): Promise<boolean>;
  isSubscribed(slug: string, id: string): Promise<boolean>;
  count(slug: string): Promise<number>;
  /** Some at a time, from the cursor `0` until it is `0` again; one that comes or goes meanwhile may be among them. */
  subscriptions(
    slug: string,
    cursor: string,
  ): Promise<{ cursor: string; found: { id: string; subscription: StoredSubscription }[] }>;
  /** Up to where the log has been told; null: nobody ever asked. */
  position(slug: string): Promise<string | null>;
  moveTo(slug: string, position: string): Promise<void>;
  told(slug: string, update: string): Promise<Told | null>;
  /** null: it was taken down, and nothing is kept of it. */
  noteTold(slug: string, update: string, told: Told | null): Promise<void>;
}
