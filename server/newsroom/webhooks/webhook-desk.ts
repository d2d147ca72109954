import { randomBytes } from 'node:crypto';
import { limits } from '../../../shared/limits.ts';
import { formatPosition, parsePosition } from '../../../shared/position.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { Delivery, NewWebhook, Webhook, WebhookMade, WebhookPatch } from '../../../shared/webhook.ts';
import { testMessage } from '../../delivery/message.ts';
import type { Sender } from '../../delivery/sender.ts';
import { newSecret } from '../../delivery/signing.ts';
import type { Actor } from '../../domain/actor.ts';
import { type AuditAction, audited } from '../../domain/audited.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { HooksStore, StoredWebhook } from '../../store/hooks-store.ts';

export interface WebhookDeskParts {
  hooks: HooksStore;
  live: Pick<LiveLog, 'timeline' | 'since'>;
  sender: Pick<Sender, 'allows' | 'send'>;
  clock: () => number;
}

/** Two, so that a receiver can take the new one before the old one goes. */
const mostSecrets = 2;
const mostTries = 10;

/** What editors do with the webhooks of a timeline. */
export class WebhookDesk {
  readonly #parts: WebhookDeskParts;

  constructor(parts: WebhookDeskParts) {
    this.#parts = parts;
  }

  async list(slug: string): Promise<Result<Webhook[]>> {
    if (!this.#parts.live.timeline(slug)) return noTimeline(slug);
    const all = (await this.#stored(slug)).map(shown);
    return ok(all.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id)));
  }

  async read(slug: string, id: string): Promise<Result<Webhook>> {
    const found = await this.#find(slug, id);
    return found.ok ? ok(shown(found.value)) : found;
  }

  async create(actor: Actor, slug: string, input: NewWebhook, origin: string): Promise<Result<WebhookMade>> {
    const { hooks, live, sender, clock } = this.#parts;
    const timeline = live.timeline(slug);
    if (!timeline) return noTimeline(slug);
    if (!(await sender.allows(input.url))) return fault('/url', 'must be outside this machine and private networks');
    if ((await this.#stored(slug)).length >= limits.webhooks)
      return refuse('limit-reached', `A timeline has ${limits.webhooks} webhooks at the most.`);
    const secret = input.format === 'json' ? newSecret() : null;
    const made: StoredWebhook = {
      kind: 'webhook',
      id: randomBytes(9).toString('hex'),
      ...input,
      secrets: secret === null ? [] : [secret],
      origin,
      createdAt: new Date(clock()).toISOString(),
      disabled: null,
      position: formatPosition(timeline.position),
      failures: 0,
      failingSince: null,
      nextAt: 0,
      deliveries: [],
      resend: [],
    };
    const entry = this.#entry(actor, 'webhook.create', made);
    if (!(await hooks.saveHook(slug, null, made, entry))) return noTimeline(slug);
    return ok({ ...shown(made), secret });
  }

  /** Enabled again, it goes on where it stopped. */
  revise(actor: Actor, slug: string, id: string, { enabled, ...patch }: WebhookPatch): Promise<Result<Webhook>> {
    const at = new Date(this.#parts.clock()).toISOString();
    return this.#change(actor, 'webhook.revise', slug, id, (before) => ({
      ...before,
      name: patch.name ?? before.name,
      events: patch.events ?? before.events,
      keyOnly: patch.keyOnly ?? before.keyOnly,
      ...(enabled === true && { disabled: null, failures: 0, failingSince: null, nextAt: 0 }),
      ...(enabled === false && { disabled: before.disabled ?? { at, reason: `By ${actor.name}.` } }),
    }));
  }

  /** A new secret signs beside the one before; the one before that is forgotten. */
  async rotate(actor: Actor, slug: string, id: string): Promise<Result<WebhookMade>> {
    const found = await this.#find(slug, id);
    if (!found.ok) return found;
    if (found.value.format !== 'json') return fault('', 'Messages of this format are not signed.');
    const secret = newSecret();
    const rotated = await this.#change(actor, 'webhook.rotate', slug, id, (before) => ({
      ...before,
      secrets: [secret, ...before.secrets].slice(0, mostSecrets),
    }));
    return rotated.ok ? ok({ ...rotated.value, secret }) : rotated;
  }

  async resend(actor: Actor, slug: string, id: string, seq: number): Promise<Result<Webhook>> {
    const found = await this.#find(slug, id);
    if (!found.ok) return found;
    const at = parsePosition(found.value.position);
    const kept = at && (await this.#parts.live.since(slug, { ...at, seq: seq - 1 }, 1));
    if (!kept || kept.reset || kept.changes.length === 0)
      return fault('/seq', 'must be a change that the log still has');
    return this.#change(actor, 'webhook.resend', slug, id, (before) => ({
      ...before,
      resend: [...new Set([...before.resend, seq])].slice(-limits.deliveries),
    }));
  }

  /** Waits for what comes of it: up to 10 s. A webhook that is disabled can be tried too. */
  async test(actor: Actor, slug: string, id: string): Promise<Result<Webhook>> {
    const { sender, clock } = this.#parts;
    const found = await this.#find(slug, id);
    if (!found.ok) return found;
    const outcome = await sender.send(testMessage(found.value, slug, clock()));
    if (outcome === null) return refuse('stopping', 'This server is about to stop. Try again.');
    const { status, fault } = outcome;
    const at = new Date(clock()).toISOString();
    const delivery: Delivery = { at, seq: null, event: 'webhook.test', attempt: 1, status, fault, delivered: !fault };
    return this.#change(actor, 'webhook.test', slug, id, (before) => ({
      ...before,
      deliveries: [delivery, ...before.deliveries].slice(0, limits.deliveries),
    }));
  }

  async remove(actor: Actor, slug: string, id: string): Promise<Result<void>> {
    for (let tries = 0; tries < mostTries; tries++) {
      const found = await this.#find(slug, id);
      if (!found.ok) return found;
      const entry = this.#entry(actor, 'webhook.delete', found.value);
      if (await this.#parts.hooks.saveHook(slug, found.value, null, entry)) return ok(undefined);
    }
    return contended();
  }

  async #stored(slug: string): Promise<StoredWebhook[]> {
    return (await this.#parts.hooks.hooks(slug)).filter((hook) => hook.kind === 'webhook');
  }

  async #find(slug: string, id: string): Promise<Result<StoredWebhook>> {
    const found = await this.#parts.hooks.hook(slug, id);
    return found?.kind === 'webhook' ? ok(found) : refuse('not-found', 'There is no such webhook.');
  }

  /** Deliveries go on meanwhile, and write to the same entry. */
  async #change(
    actor: Actor,
    action: AuditAction,
    slug: string,
    id: string,
    change: (before: StoredWebhook) => StoredWebhook,
  ): Promise<Result<Webhook>> {
    for (let tries = 0; tries < mostTries; tries++) {
      const found = await this.#find(slug, id);
      if (!found.ok) return found;
      const after = change(found.value);
      const entry = this.#entry(actor, action, after);
      if (await this.#parts.hooks.saveHook(slug, found.value, after, entry)) return ok(shown(after));
    }
    return contended();
  }

  #entry(actor: Actor, action: AuditAction, { id, name }: StoredWebhook) {
    return audited(actor, this.#parts.clock(), { action, target: id, targetName: name });
  }
}

const noTimeline = (slug: string) => refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
const contended = () => refuse('contended', 'It is being delivered to just now. Try again.');
const fault = (path: string, message: string) =>
  refuse('validation-failed', `${path} ${message}`, { errors: [{ path, message }] });

/** Every field is named, so that no secret and no token leaks; the path of a Slack address is one. */
function shown(hook: StoredWebhook): Webhook {
  const { id, name, url, format, events, keyOnly, recipient, createdAt, disabled, position } = hook;
  const { failures, failingSince, nextAt, deliveries, secrets } = hook;
  return {
    id,
    name,
    url: format === 'slack' ? `${new URL(url).origin}/…` : url,
    format,
    events,
    keyOnly,
    recipient,
    createdAt,
    disabled,
    secrets: secrets.length,
    position,
    failures,
    failingSince,
    nextAttemptAt: nextAt > 0 && disabled === null ? new Date(nextAt).toISOString() : null,
    deliveries,
  };
}
