import type { Logger } from 'pino';
import { limits } from '../../shared/limits.ts';
import { formatPosition, type Position, parsePosition } from '../../shared/position.ts';
import type { Delivery } from '../../shared/webhook.ts';
import { audited } from '../domain/audited.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { HooksStore, StoredWebhook } from '../store/hooks-store.ts';
import type { AuditEntry } from '../store/store.ts';
import { type About, eventOf, isFor, messageFor, type Told } from './message.ts';
import { isDue, isLasting, waitAfter } from './patience.ts';
import type { Outcome, Sender } from './sender.ts';

export interface RunParts {
  hooks: HooksStore;
  live: Pick<LiveLog, 'timeline' | 'since'>;
  sender: Pick<Sender, 'send'>;
  clock: () => number;
  random: () => number;
  log: Logger;
}

const changesAtOnce = 100;
/** In the audit log: nobody gave the order. */
const daymark = { id: 'daymark', name: 'Daymark', role: 'admin', timelines: null } as const;

/** Serves a webhook, one change at a time. */
export class WebhookRun {
  readonly #parts: RunParts;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /** Tells the next thing. The webhook as it stands then, or null where there is nothing to do now. */
  async step(slug: string, hook: StoredWebhook): Promise<StoredWebhook | null> {
    const { live, clock } = this.#parts;
    const about = live.timeline(slug)?.record;
    const at = parsePosition(hook.position);
    if (!about || !at) return null;
    const [asked] = hook.resend;
    if (asked !== undefined) return this.#resend(slug, hook, about, { ...at, seq: asked });
    if (hook.disabled || !isDue(hook.nextAt, clock())) return null;
    const next = await this.#next(slug, hook, at);
    if (next === null) return null;
    const message = next.told && messageFor(hook, next.told, about, clock());
    const { told, position } = next;
    if (told === null || message === null) return this.#save(slug, hook, (now) => ({ ...now, position }));
    const outcome = await this.#parts.sender.send(message);
    if (outcome === null) return null;
    const after = await this.#save(slug, hook, (now) => this.#after(now, told, outcome));
    return outcome.fault === null ? after : null;
  }

  /** The first change that it asked for, or, with nothing to tell, how far there is none. */
  async #next(
    slug: string,
    hook: StoredWebhook,
    at: Position,
  ): Promise<{ position: string; told: Told | null } | null> {
    const found = await this.#parts.live.since(slug, at, changesAtOnce);
    if (found.reset) {
      const position = formatPosition(found.position);
      const since = new Date(this.#parts.clock()).toISOString();
      return { position, told: { position, seq: found.position.seq, change: null, at: since } };
    }
    const change = found.changes.find((one) => isFor(hook, one));
    const last = change ?? found.changes.at(-1);
    if (last === undefined) return null;
    const position = formatPosition({ ...at, seq: last.seq });
    return { position, told: change ? { position, seq: change.seq, change } : null };
  }

  /** Once, whatever comes of it: whoever asked for it looks at the log. */
  async #resend(slug: string, hook: StoredWebhook, about: About, asked: Position): Promise<StoredWebhook | null> {
    const { live, sender, clock } = this.#parts;
    const found = await live.since(slug, { ...asked, seq: asked.seq - 1 }, 1);
    const change = found.reset ? undefined : found.changes[0];
    const told = change && { position: formatPosition(asked), seq: asked.seq, change };
    const message = told && messageFor(hook, told, about, clock());
    const outcome = message ? await sender.send(message) : undefined;
    if (outcome === null) return null;
    return this.#save(slug, hook, (now) => ({
      ...now,
      resend: now.resend.filter((seq) => seq !== asked.seq),
      deliveries: told && outcome ? logged(now, told, outcome, 1, clock()) : now.deliveries,
    }));
  }

  #after(hook: StoredWebhook, told: Told, outcome: Outcome): StoredWebhook {
    const now = this.#parts.clock();
    const attempt = hook.failures + 1;
    const deliveries = logged(hook, told, outcome, attempt, now);
    if (outcome.fault === null)
      return { ...hook, position: told.position, failures: 0, failingSince: null, nextAt: 0, deliveries };
    const at = new Date(now).toISOString();
    const failingSince = hook.failingSince ?? at;
    const reason = reasonToStop(outcome, failingSince, attempt, now);
    return {
      ...hook,
      failures: attempt,
      failingSince,
      nextAt: now + waitAfter(attempt, outcome.retryAfter, this.#parts.random),
      deliveries,
      disabled: reason === null ? hook.disabled : { at, reason },
    };
  }

  /**
   * Writes what has come of an attempt beside what somebody may have changed meanwhile. Null where the webhook is gone, or
   * another node has moved it on.
   */
  async #save(
    slug: string,
    before: StoredWebhook,
    change: (now: StoredWebhook) => StoredWebhook,
  ): Promise<StoredWebhook | null> {
    const { hooks } = this.#parts;
    let now: StoredWebhook = before;
    for (;;) {
      const after = change(now);
      if (await hooks.saveHook(slug, now, after, this.#notice(slug, now, after))) return after;
      const found = await hooks.hook(slug, before.id);
      if (found?.kind !== 'webhook' || found.position !== before.position) return null;
      now = found;
    }
  }

  #notice(slug: string, before: StoredWebhook, { id, name, disabled }: StoredWebhook): AuditEntry | null {
    if (disabled === null || before.disabled !== null) return null;
    const { reason } = disabled;
    this.#parts.log.warn({ timeline: slug, hook: id, reason }, 'a webhook was disabled');
    return audited(daymark, this.#parts.clock(), { action: 'webhook.disable', target: id, targetName: name, reason });
  }
}

function reasonToStop({ status, fault }: Outcome, failingSince: string, failures: number, now: number): string | null {
  if (status === 410) return 'The receiver said that it is gone for good (410).';
  return isLasting(failingSince, failures, now) ? `Nothing could be delivered since ${failingSince}: ${fault}.` : null;
}

/** The log of a webhook’s deliveries with one more: positions and outcomes, no text of any update. */
function logged(
  { deliveries }: StoredWebhook,
  told: Told,
  { status, fault }: Outcome,
  attempt: number,
  now: number,
): Delivery[] {
  const at = new Date(now).toISOString();
  const entry = { at, seq: told.seq, event: eventOf(told), attempt, status, fault, delivered: fault === null };
  return [entry, ...deliveries].slice(0, limits.deliveries);
}
