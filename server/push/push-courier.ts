import { setTimeout as pause } from 'node:timers/promises';
import webPush from 'web-push';
import type { PushNote } from '../../shared/push.ts';
import type { Outcome, Sender } from '../delivery/sender.ts';
import type { StoredSubscription, VapidKeys } from '../store/push-store.ts';

/** A phone that is off for longer finds what it missed on the page. */
const keptSeconds = 4 * 3_600;
const attempts = 3;
const againMs = 1_000;
/** A server that stops waits for it. */
const longestWaitMs = 5_000;

/** Answers by which a push service says that nobody is there any more: gone, or subscribed with other keys than ours. */
const dead: readonly (number | null)[] = [403, 404, 410];

export interface CourierParts {
  sender: Pick<Sender, 'send'>;
  /** Whom a push service may turn to: a `mailto:` or `https:` address. */
  contact: string;
  keys: VapidKeys;
  random: () => number;
}

/** Encrypts a note for one browser and hands it to its push service, which sees neither words nor timeline. */
export class PushCourier {
  readonly #parts: CourierParts;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** `gone`: the subscription is dead. `failed`: the service would not take it, also after some attempts. */
  async carry(subscription: StoredSubscription, note: PushNote): Promise<'sent' | 'gone' | 'failed' | 'given-up'> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#parts.sender.send(this.#request(subscription, note));
      if (outcome === null) return 'given-up';
      if (outcome.fault === null) return 'sent';
      if (dead.includes(outcome.status)) return 'gone';
      if (attempt === attempts || !isPassing(outcome)) return 'failed';
      const waitMs = Math.max(outcome.retryAfter ?? 0, againMs * 4 ** (attempt - 1) * (0.5 + this.#parts.random()));
      await pause(Math.min(waitMs, longestWaitMs));
    }
  }

  #request({ endpoint, keys }: StoredSubscription, note: PushNote) {
    const details = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(note), {
      vapidDetails: { subject: this.#parts.contact, ...this.#parts.keys },
      TTL: keptSeconds,
      contentEncoding: 'aes128gcm',
      urgency: note.kind === 'show' ? 'high' : 'normal',
      // Of what waits for a phone that is off, the last word about an update is enough.
      topic: note.tag.slice(0, 32),
    });
    const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]));
    return { kind: 'push' as const, url: details.endpoint, headers, body: details.body ?? Buffer.alloc(0) };
  }
}

/** Another attempt may do. */
const isPassing = ({ status }: Outcome): boolean => status === null || status === 429 || status >= 500;
