import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { updateIdOf } from '../../shared/change.ts';
import { liveFormats } from '../../shared/i18n/format.ts';
import { formatPosition, type Position, parsePosition } from '../../shared/position.ts';
import type { PushNote } from '../../shared/push.ts';
import { isQuiet, noteworthy } from '../domain/noteworthy.ts';
import { SharedJob } from '../jobs/shared-job.ts';
import { UnderWay } from '../jobs/under-way.ts';
import type { LiveLog } from '../live/live-log.ts';
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
  readonly #job: SharedJob;
  readonly #limit = pLimit(mostAtOnce);
  /** Positions up to which a timeline needs no look. */
  readonly #done = new Map<string, string>();
  readonly #underWay = new UnderWay();

  constructor(parts: PushSenderParts) {
    this.#parts = parts;
    const { store, log } = parts;
    const failing = 'notifications could not be begun';
    this.#job = new SharedJob({ store, log, name: 'push', everyMs: lookEveryMs, failing }, () => this.#look());
  }

  start(): void {
    this.#job.start();
  }

  /** What is under way is done again by whoever comes next. */
  async stop(): Promise<void> {
    await this.#job.stop();
    await this.settled();
  }

  /** Looks once which timelines have something to tell, and begins to. */
  look(): Promise<void> {
    return this.#job.look();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.#underWay.settled();
  }

  async #look(): Promise<void> {
    const { live, push } = this.#parts;
    for (const { record, position } of live.timelines()) {
      const { slug } = record;
      const head = formatPosition(position);
      if (this.#done.get(slug) === head || this.#underWay.has(slug)) continue;
      const from = await push.position(slug);
      if (from === null || from === head) {
        this.#done.set(slug, head);
        continue;
      }
      if (!(await this.#job.take())) return;
      this.#underWay.begin(slug, undefined, () => this.#tell(slug, from));
    }
    if (this.#underWay.size > 0) await this.#job.take();
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
        if (this.#job.isOver) return;
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
    if (this.#job.isOver) return;
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
          const outcome = this.#job.isOver ? 'given-up' : await this.#toOne(slug, id, subscription, news);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
        }),
      );
      await Promise.all(sent);
      ({ cursor } = page);
    } while (cursor !== '0' && !this.#job.isOver);
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
