import type { Logger } from 'pino';
import { formatPosition } from '../../shared/position.ts';
import { SharedJob } from '../jobs/shared-job.ts';
import { UnderWay } from '../jobs/under-way.ts';
import type { LiveLog } from '../live/live-log.ts';
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

interface Receiver {
  kind: StoredHook['kind'];
  host: string;
}

/**
 * Tells those outside what has changed: each from the position that the store keeps for it, in order, at least once. One node
 * does it at a time; where two do for a moment, a receiver may hear something twice, and nobody’s position goes back.
 */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #job: SharedJob;
  readonly #webhooks: WebhookRun;
  readonly #subscriptions: SubscriptionRun;
  readonly #known = new Map<string, { version: string; hooks: StoredHook[] }>();
  readonly #underWay = new UnderWay<Receiver>();

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    const { store, log } = parts;
    const failing = 'deliveries could not be begun';
    this.#job = new SharedJob({ store, log, name: 'delivery', everyMs: lookEveryMs, failing }, () => this.#look());
    const given = { random: Math.random, ...parts };
    this.#webhooks = new WebhookRun(given);
    this.#subscriptions = new SubscriptionRun(given);
  }

  start(): void {
    this.#job.start();
  }

  /** What is under way is given up, and done again by whoever comes next. */
  async stop(): Promise<void> {
    this.#parts.sender.close();
    await this.#job.stop();
    await this.settled();
  }

  /** Looks once who has something to be told, and begins to. */
  look(): Promise<void> {
    return this.#job.look();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.#underWay.settled();
  }

  async #look(): Promise<void> {
    const due = await this.#due();
    if (due.length === 0 && this.#underWay.size === 0) return;
    if (!(await this.#job.take())) return;
    // Those who answer come before those who did not.
    due.sort((a, b) => a.hook.failures - b.hook.failures);
    for (const work of due) this.#begin(work);
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
    const { host } = new URL(hook.kind === 'webhook' ? hook.url : hook.callback);
    const receiver = { kind: hook.kind, host };
    if (this.#underWay.has(key) || !this.#hasPlace(receiver)) return;
    this.#underWay.begin(key, receiver, () => this.#serve(slug, hook.id));
  }

  #hasPlace({ kind, host }: Receiver): boolean {
    return (
      this.#underWay.count((one) => one.kind === kind) < mostAtOnce &&
      this.#underWay.count((one) => one.host === host) < mostPerHost
    );
  }

  async #serve(slug: string, id: string): Promise<void> {
    const until = performance.now() + turnMs;
    try {
      // As it stands now: since the look a turn may have ended that has moved it on.
      let hook = await this.#parts.hooks.hook(slug, id);
      if (hook?.kind === 'websub') return await this.#subscriptions.serve(slug, hook);
      while (hook !== null && !this.#job.isOver && performance.now() < until)
        hook = await this.#webhooks.step(slug, hook);
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        this.#parts.log.error({ err: error, timeline: slug, hook: id }, 'a delivery could not be done');
    }
  }
}
