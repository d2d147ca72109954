import type { Logger } from 'pino';
import { formatPosition } from '../../shared/position.ts';
import type { LiveLog } from '../live/live-log.ts';
import { Lease } from '../newsroom/lease.ts';
import type { HooksStore, StoredHook } from '../store/hooks-store.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import { isDue } from './patience.ts';
import type { Sender } from './sender.ts';
import { type FeedBody, SubscriptionRun } from './subscription-run.ts';
import { WebhookRun } from './webhook-run.ts';

/** Less than the patience of a lease. */
const lookEveryMs = 491;
/** Receivers of a kind that are told at once, each of one thing: subscribers, who are strangers, take no place of a webhook. */
const mostAtOnce = 50;
/** Whoever has many receivers that stall does not hold up all others. */
const mostPerHost = 5;
/** With much to tell, a receiver gives its place back after so long. */
const turnMs = 10_000;

export interface DelivererParts {
  store: Pick<Store, 'takeLease'>;
  hooks: HooksStore;
  live: Pick<LiveLog, 'timelines' | 'timeline' | 'since'>;
  sender: Sender;
  feedBody: FeedBody;
  clock: () => number;
  random?: () => number;
  log: Logger;
}

interface Work {
  slug: string;
  hook: StoredHook;
}

interface Running {
  kind: StoredHook['kind'];
  host: string;
  done: Promise<void>;
}

/**
 * Tells those outside what has changed: each from the position that the store keeps for it, in order, at least once. One node
 * does it at a time; where two do for a moment, a receiver may hear something twice, and nobody’s position goes back.
 */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #lease: Lease;
  readonly #webhooks: WebhookRun;
  readonly #subscriptions: SubscriptionRun;
  readonly #known = new Map<string, { version: string; hooks: StoredHook[] }>();
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #hasLease = false;
  #stopped = false;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.store, 'delivery');
    const given = { random: Math.random, ...parts };
    this.#webhooks = new WebhookRun(given);
    this.#subscriptions = new SubscriptionRun(given);
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look().then(() => {
        if (!this.#stopped) this.start();
      });
    }, lookEveryMs);
  }

  /** What is under way is given up, and done again by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#parts.sender.close();
    await this.#looking;
    await this.settled();
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Looks once who has something to be told, and begins to. */
  async look(): Promise<void> {
    try {
      const due = await this.#due();
      if (due.length === 0 && this.#running.size === 0) return;
      this.#hasLease = await this.#lease.take();
      if (!this.#hasLease) return;
      // Those who answer come before those who did not.
      due.sort((a, b) => a.hook.failures - b.hook.failures);
      for (const work of due) this.#begin(work);
    } catch (error) {
      this.#hasLease = false;
      if (!(error instanceof StoreUnavailable)) this.#parts.log.error({ err: error }, 'deliveries could not be begun');
    }
  }

  async #due(): Promise<Work[]> {
    const followed = this.#parts.live.timelines().map(({ record, position }) => ({ slug: record.slug, position }));
    for (const slug of this.#known.keys())
      if (!followed.some((timeline) => timeline.slug === slug)) this.#known.delete(slug);
    const due = await Promise.all(
      followed.map(async ({ slug, position }) => {
        const hooks = await this.#hooksOf(slug);
        return hooks.filter((hook) => this.#hasWork(hook, formatPosition(position))).map((hook) => ({ slug, hook }));
      }),
    );
    return due.flat();
  }

  /** A version is read often, everything only when it is another one. */
  async #hooksOf(slug: string): Promise<readonly StoredHook[]> {
    const { hooks } = this.#parts;
    const version = await hooks.version(slug);
    const known = this.#known.get(slug);
    if (known?.version === version) return known.hooks;
    const found = await hooks.hooks(slug);
    this.#known.set(slug, { version, hooks: found });
    return found;
  }

  #hasWork(hook: StoredHook, position: string): boolean {
    const now = this.#parts.clock();
    if (hook.kind === 'websub' && hook.expiresAt <= now) return true;
    if (hook.kind === 'webhook' && hook.resend.length > 0) return true;
    if (hook.kind === 'webhook' && hook.disabled) return false;
    return hook.position !== position && isDue(hook.nextAt, now);
  }

  #begin({ slug, hook }: Work): void {
    const key = `${slug} ${hook.id}`;
    const { kind } = hook;
    const { host } = new URL(hook.kind === 'webhook' ? hook.url : hook.callback);
    if (this.#stopped || this.#running.has(key) || !this.#hasPlace(kind, host)) return;
    const done = this.#serve(slug, hook.id).finally(() => this.#running.delete(key));
    this.#running.set(key, { kind, host, done });
  }

  #hasPlace(kind: StoredHook['kind'], host: string): boolean {
    const running = [...this.#running.values()];
    return (
      running.filter((one) => one.kind === kind).length < mostAtOnce &&
      running.filter((one) => one.host === host).length < mostPerHost
    );
  }

  async #serve(slug: string, id: string): Promise<void> {
    const until = performance.now() + turnMs;
    try {
      // As it stands now: since the look a turn may have ended that has moved it on.
      let hook = await this.#parts.hooks.hook(slug, id);
      if (hook?.kind === 'websub') return await this.#subscriptions.serve(slug, hook);
      while (hook !== null && this.#hasLease && !this.#stopped && performance.now() < until)
        hook = await this.#webhooks.step(slug, hook);
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        this.#parts.log.error({ err: error, timeline: slug, hook: id }, 'a delivery could not be done');
    }
  }
}
