import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { limits } from '../../shared/limits.ts';
import { formatPosition } from '../../shared/position.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { HooksStore, StoredSubscription } from '../store/hooks-store.ts';
import { StoreUnavailable } from '../store/store.ts';
import type { Sender } from './sender.ts';

const leaseDays = { least: 1, preset: 10, most: 30 };
const daySeconds = 86_400;
/** Intents that are being verified at once. */
const mostPending = 20;
const mostTries = 5;

const url = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(limits.urlCharacters)
  .refine((text) => !text.includes('#'), 'must be without a fragment');

/** The form of a request to the hub. */
export const hubRequestSchema = z
  .object({
    'hub.mode': z.enum(['subscribe', 'unsubscribe'], 'must be subscribe or unsubscribe'),
    'hub.topic': url,
    'hub.callback': url,
    'hub.lease_seconds': z.coerce.number().int().positive().optional(),
    'hub.secret': z
      .string()
      .min(1)
      .refine((text) => Buffer.byteLength(text) < 200, 'must have less than 200 bytes')
      .optional(),
  })
  .meta({ id: 'HubRequest' });
export type HubRequest = z.output<typeof hubRequestSchema>;

export interface WebSubHubParts {
  hooks: HooksStore;
  live: Pick<LiveLog, 'timeline'>;
  sender: Sender;
  /** The timeline that a topic is a feed of; null: it is none of ours. */
  timelineOf: (topic: string, origin: string) => string | null;
  clock: () => number;
  log: Logger;
}

/** Takes subscriptions to feeds (WebSub) from whoever proves that the callback is his. */
export class WebSubHub {
  readonly #parts: WebSubHubParts;
  #pending = 0;

  constructor(parts: WebSubHubParts) {
    this.#parts = parts;
  }

  /** Accepted, it is done once the callback has confirmed that it was meant so. */
  async take(asked: HubRequest, origin: string): Promise<Result<void>> {
    const { live, sender, timelineOf, log } = this.#parts;
    const slug = timelineOf(asked['hub.topic'], origin);
    if (slug === null || !live.timeline(slug)) return fault('hub.topic', 'must be the address of a feed here');
    const callback = asked['hub.callback'];
    if (!(await sender.allows(callback)))
      return fault('hub.callback', 'must be outside this machine and private networks');
    if (asked['hub.mode'] === 'subscribe') {
      const room = await this.#hasRoom(slug, idOf(asked), callback);
      if (!room.ok) return room;
    }
    if (this.#pending >= mostPending) return refuse('too-many-requests', 'Too many subscriptions at once. Try again.');
    this.#pending++;
    this.#verify(slug, asked)
      .catch((error) => {
        const level = error instanceof StoreUnavailable ? 'warn' : 'error';
        log[level]({ err: error, timeline: slug }, 'a subscription could not be verified');
      })
      .finally(() => this.#pending--);
    return ok(undefined);
  }

  async #hasRoom(slug: string, id: string, callback: string): Promise<Result<void>> {
    const others = (await this.#parts.hooks.hooks(slug)).filter((hook) => hook.kind === 'websub' && hook.id !== id);
    const { host } = new URL(callback);
    const ofHost = others.filter((hook) => hook.kind === 'websub' && new URL(hook.callback).host === host);
    if (others.length >= limits.subscriptions || ofHost.length >= limits.subscriptionsPerHost)
      return refuse('limit-reached', 'There is no room for further subscriptions to this timeline.');
    return ok(undefined);
  }

  async #verify(slug: string, asked: HubRequest): Promise<void> {
    const { sender, clock } = this.#parts;
    const mode = asked['hub.mode'];
    const seconds = leaseOf(asked);
    const challenge = randomBytes(18).toString('base64url');
    const callback = asked['hub.callback'];
    const question = new URLSearchParams({
      'hub.mode': mode,
      'hub.topic': asked['hub.topic'],
      'hub.challenge': challenge,
      ...(mode === 'subscribe' && { 'hub.lease_seconds': String(seconds) }),
    });
    const url = `${callback}${callback.includes('?') ? '&' : '?'}${question}`;
    const answer = await sender.send({ kind: 'websub', url, method: 'GET', headers: {}, body: '', readsAnswer: true });
    if (answer?.fault === null && answer.text === challenge) await this.#write(slug, asked, clock() + seconds * 1_000);
  }

  async #write(slug: string, asked: HubRequest, expiresAt: number): Promise<void> {
    const { hooks, live } = this.#parts;
    const id = idOf(asked);
    for (let tries = 0; tries < mostTries; tries++) {
      const stored = live.timeline(slug);
      const found = await hooks.hook(slug, id);
      if (!stored || (asked['hub.mode'] === 'unsubscribe' && found === null)) return;
      const after: StoredSubscription = {
        kind: 'websub',
        id,
        topic: asked['hub.topic'],
        callback: asked['hub.callback'],
        secret: asked['hub.secret'] ?? null,
        expiresAt,
        position: found?.position ?? formatPosition(stored.position),
        sent: found?.kind === 'websub' ? found.sent : null,
        failures: 0,
        failingSince: null,
        nextAt: 0,
      };
      if (await hooks.saveHook(slug, found, asked['hub.mode'] === 'subscribe' ? after : null)) return;
    }
  }
}

/** Seconds, within what we grant. */
function leaseOf(asked: HubRequest): number {
  const { least, preset, most } = leaseDays;
  const days = (asked['hub.lease_seconds'] ?? preset * daySeconds) / daySeconds;
  return Math.round(Math.min(Math.max(days, least), most) * daySeconds);
}

/** One subscription for each topic and callback. */
const idOf = (asked: HubRequest): string =>
  createHash('sha256').update(`${asked['hub.topic']}\n${asked['hub.callback']}`).digest('hex').slice(0, 32);

const fault = (path: string, message: string): Result<never> =>
  refuse('validation-failed', `${path} ${message}`, { errors: [{ path, message }] });
