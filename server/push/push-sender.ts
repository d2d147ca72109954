import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { updateIdOf } from '../../shared/change.ts';
import { liveFormats } from '../../shared/i18n/format.ts';
import { formatPosition, type Position, parsePosition } from '../../shared/position.ts';
import type { PushNote } from '../../shared/push.ts';
import { isQuiet, noteworthy } from '../domain/noteworthy.ts';
import type { LiveLog } from '../live/live-log.ts';
import { Lease } from '../newsroom/lease.ts';
import type { PushStore, StoredSubscription } from '../store/push-store.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import type { PushCourier } from './push-courier.ts';
import { noteFor, type OfUpdate, wordsOf } from './push-note.ts';

/** Less than the patience of a lease. */
const lookEveryMs = 491;
const changesAtOnce = 100;
const mostAtOnce = 30;

export interface PushSenderParts {
  store: Pick<Store, 'takeLease'>;
  push: PushStore;
  live: Pick<LiveLog, 'timelines' | 'timeline' | 'since'>;
  courier: PushCourier;
  /** Address of the icon on notifications. */
  icon: string;
  clock: () => number;
  log: Logger;
}

/** What is told of a change, and where in the log that stands. */
interface News {
  change: OfUpdate;
  at: Position;
  kind: PushNote['kind'];
}

/**
 * Follows the logs for those who asked for key developments: from the position that the store keeps, in order, at least once.
 * One node does it at a time; what is sent twice, after a crash or by two for a moment, takes its own place on the device.
 */
export class PushSender {
  readonly #parts: PushSenderParts;
  readonly #lease: Lease;
  readonly #limit = pLimit(mostAtOnce);
  /** Positions up to which a timeline needs no look. */
  readonly #done = new Map<string, string>();
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #hasLease = false;
  #stopped = false;

  constructor(parts: PushSenderParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.store, 'push');
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look().then(() => {
        if (!this.#stopped) this.start();
      });
    }, lookEveryMs);
  }

  /** What is under way is done again by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
    await this.settled();
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Looks once which timelines have something to tell, and begins to. */
  async look(): Promise<void> {
    const { live, push, log } = this.#parts;
    try {
      for (const { record, position } of live.timelines()) {
        const { slug } = record;
        const head = formatPosition(position);
        if (this.#done.get(slug) === head || this.#running.has(slug)) continue;
        const from = await push.position(slug);
        if (from === null || from === head) {
          this.#done.set(slug, head);
          continue;
        }
        this.#hasLease = await this.#lease.take();
        if (!this.#hasLease) return;
        const run = this.#tell(slug, from).finally(() => this.#running.delete(slug));
        this.#running.set(slug, run);
      }
      if (this.#running.size > 0) this.#hasLease = await this.#lease.take();
    } catch (error) {
      this.#hasLease = false;
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'notifications could not be begun');
    }
  }

  get #isOver(): boolean {
    return this.#stopped || !this.#hasLease;
  }

  async #tell(slug: string, from: string): Promise<void> {
    const { live, push, log } = this.#parts;
    try {
      const since = parsePosition(from);
      const found = since && (await live.since(slug, since, changesAtOnce));
      // What lies between can’t be told in order any more.
      if (!found || found.reset) {
        const head = live.timeline(slug)?.position;
        if (head) await push.moveTo(slug, formatPosition(head));
        return;
      }
      for (const change of found.changes) {
        const at = { epoch: found.position.epoch, seq: change.seq };
        if (change.type !== 'summary.revised' && change.type !== 'timeline.revised')
          await this.#tellOf(slug, change, at);
        if (this.#isOver) return;
        await push.moveTo(slug, formatPosition(at));
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        log.error({ err: error, timeline: slug }, 'notifications could not be sent');
    }
  }

  async #tellOf(slug: string, change: OfUpdate, at: Position): Promise<void> {
    const { push, clock, log } = this.#parts;
    const id = updateIdOf(change) ?? '';
    const before = await push.told(slug, id);
    // One that this very change told of was begun before a crash: it is told as it was then.
    const earlier = before !== null && before.seq < change.seq ? before : null;
    const kind = noteworthy(change, earlier !== null, clock());
    const words = wordsOf(change);
    if (kind === null || (kind === 'again' && earlier?.words === words)) return;
    if (kind !== 'gone') await push.noteTold(slug, id, { seq: change.seq, words });
    const counts = await this.#toAll(slug, { change, at, kind });
    if (this.#isOver) return;
    if (kind === 'gone') await push.noteTold(slug, id, null);
    log.info({ timeline: slug, update: id, kind, ...counts }, 'notifications were sent');
  }

  async #toAll(slug: string, news: News): Promise<Record<string, number>> {
    const { push } = this.#parts;
    const counts: Record<string, number> = {};
    let cursor = '0';
    do {
      const page = await push.subscriptions(slug, cursor);
      const wanting = page.found.filter(({ subscription }) => this.#wants(subscription, news));
      const sent = wanting.map(({ id, subscription }) =>
        this.#limit(async () => {
          const outcome = this.#isOver ? 'given-up' : await this.#toOne(slug, id, subscription, news);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
        }),
      );
      await Promise.all(sent);
      ({ cursor } = page);
    } while (cursor !== '0' && !this.#isOver);
    return counts;
  }

  /** Quiet hours keep news from ringing; what takes a word back, or puts it right, is silent anyway. */
  #wants({ since, quiet, timeZone }: StoredSubscription, { at, kind }: News): boolean {
    const asked = parsePosition(since);
    if (asked?.epoch === at.epoch && asked.seq >= at.seq) return false;
    if (kind !== 'show' || quiet === null) return true;
    const time = liveFormats('en', timeZone).time(new Date(this.#parts.clock()).toISOString());
    return !isQuiet(quiet, time);
  }

  async #toOne(slug: string, id: string, subscription: StoredSubscription, { change, kind }: News): Promise<string> {
    const { push, live, courier, icon, log } = this.#parts;
    const timeline = live.timeline(slug);
    if (!timeline) return 'given-up';
    const note = noteFor(kind, change, timeline.record, { language: subscription.language, icon });
    const outcome = await courier.carry(subscription, note);
    if (outcome === 'gone') await push.unsubscribe(slug, id);
    if (outcome === 'failed')
      log.warn({ timeline: slug, service: new URL(subscription.endpoint).host }, 'a push service took no notification');
    return outcome;
  }
}
