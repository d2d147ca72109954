import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { formatPosition } from '../../shared/position.ts';
import type { StoredSubscription } from '../store/hooks-store.ts';
import { isDue, waitAfter } from './patience.ts';
import type { Outcome } from './sender.ts';
import { hubSignature } from './signing.ts';
import type { RunParts } from './webhook-run.ts';

interface FeedSent {
  type: string;
  body: string;
  hub: string;
}

/** A feed by its address, as it is now; null: there is none any more. */
export type FeedBody = (topic: string) => Promise<FeedSent | null>;

export interface SubscriptionRunParts extends RunParts {
  feedBody: FeedBody;
}

/** A day of attempts; whoever is back later subscribes again. */
const mostFailures = 30;
/** A feed may have 250 kB, and a storm of changes is one delivery. */
const restMs = 5_000;

type Distributed = FeedSent & { digest: string };

/** Serves a subscription to a feed: with the whole of it, whatever number of changes there were. */
export class SubscriptionRun {
  readonly #parts: SubscriptionRunParts;
  /** Made once for all who subscribe to it, and kept no longer than that: there are texts in it. */
  readonly #made = new LRUCache<string, Promise<Distributed | null>>({ max: 20, ttl: restMs, ttlAutopurge: true });

  constructor(parts: SubscriptionRunParts) {
    this.#parts = parts;
  }

  async serve(slug: string, subscription: StoredSubscription): Promise<void> {
    const stored = this.#parts.live.timeline(slug);
    if (stored === null) return;
    const after = await this.#after(subscription, formatPosition(stored.position));
    // Renewed meanwhile, it stays as it is, and is served once more.
    if (after !== subscription) await this.#parts.hooks.saveHook(slug, subscription, after);
  }

  /** As it stands when what there was to do is done; null: it is over. */
  async #after(subscription: StoredSubscription, position: string): Promise<StoredSubscription | null> {
    const now = this.#parts.clock();
    if (subscription.expiresAt <= now) return null;
    if (position === subscription.position || !isDue(subscription.nextAt, now)) return subscription;
    const feed = await this.#feed(subscription.topic, position);
    if (feed === null) return null;
    if (feed.digest === subscription.sent) return { ...subscription, position };
    const outcome = await this.#send(subscription, feed);
    return outcome === null ? subscription : this.#outcome(subscription, outcome, { position, sent: feed.digest });
  }

  #outcome(
    subscription: StoredSubscription,
    { fault, status, retryAfter }: Outcome,
    delivered: { position: string; sent: string },
  ): StoredSubscription | null {
    const now = this.#parts.clock();
    if (fault === null) return { ...subscription, ...delivered, failures: 0, failingSince: null, nextAt: now + restMs };
    const failures = subscription.failures + 1;
    if (status === 410 || failures > mostFailures) return null;
    return {
      ...subscription,
      failures,
      failingSince: subscription.failingSince ?? new Date(now).toISOString(),
      nextAt: now + waitAfter(failures, retryAfter, this.#parts.random),
    };
  }

  #send({ topic, callback, secret }: StoredSubscription, { type, body, hub }: FeedSent): Promise<Outcome | null> {
    return this.#parts.sender.send({
      kind: 'websub',
      url: callback,
      headers: {
        'Content-Type': type,
        Link: `<${hub}>; rel="hub", <${topic}>; rel="self"`,
        ...(secret !== null && { 'X-Hub-Signature': hubSignature(secret, body) }),
      },
      body,
    });
  }

  #feed(topic: string, position: string): Promise<Distributed | null> {
    const key = `${topic} ${position}`;
    const made = this.#made.get(key) ?? this.#compose(topic);
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async #compose(topic: string): Promise<Distributed | null> {
    const feed = await this.#parts.feedBody(topic);
    return feed && { ...feed, digest: createHash('sha256').update(feed.body).digest('base64url') };
  }
}
