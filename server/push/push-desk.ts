import { createECDH, createHash } from 'node:crypto';
import { limits } from '../../shared/limits.ts';
import { formatPosition } from '../../shared/position.ts';
import { problem } from '../../shared/problems.ts';
import type { NewSubscription } from '../../shared/push.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Sender } from '../delivery/sender.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { PushStore } from '../store/push-store.ts';
import { ownKeys } from './own-keys.ts';

export interface PushDeskParts {
  push: PushStore;
  live: Pick<LiveLog, 'timeline'>;
  sender: Pick<Sender, 'allows'>;
}

/** Where a browser asks to be told key developments, and not to be told any more. No account, and nothing kept of who asks. */
export class PushDesk {
  readonly #parts: PushDeskParts;

  constructor(parts: PushDeskParts) {
    this.#parts = parts;
  }

  async publicKey(): Promise<string> {
    return (await ownKeys(this.#parts.push)).publicKey;
  }

  /** The same browser asks again with other wishes: they replace the ones before. */
  async subscribe(slug: string, { endpoint, keys, ...wishes }: NewSubscription): Promise<Result<{ id: string }>> {
    const { push, live, sender } = this.#parts;
    const timeline = live.timeline(slug);
    if (!timeline) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    if (!isPoint(keys.p256dh)) return fault('/keys/p256dh', 'must be a point of P-256');
    if (!(await sender.allows(endpoint))) return fault('/endpoint', 'is in a network that is not called');
    const id = idOf(endpoint);
    if ((await push.count(slug)) >= limits.pushSubscriptions && !(await push.isSubscribed(slug, id)))
      return refuse('overloaded', 'This timeline has as many subscriptions as it takes.');
    await push.subscribe(slug, id, { endpoint, keys, ...wishes, since: formatPosition(timeline.position) });
    return ok({ id });
  }

  /** Whoever knows the id has the address of the subscription, which is a secret of the browser’s. */
  async unsubscribe(slug: string, id: string): Promise<Result<void>> {
    if (await this.#parts.push.unsubscribe(slug, id)) return ok(undefined);
    return refuse('not-found', 'There is no such subscription.');
  }
}

const idOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url').slice(0, 32);

function fault(path: string, message: string): Result<never> {
  return {
    ok: false,
    problem: { ...problem('validation-failed', `${path} ${message}.`), errors: [{ path, message }] },
  };
}

/** A key that is none would fail with each message, not here. */
function isPoint(p256dh: string): boolean {
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false; // not on the curve, or not even of its length
  }
}
