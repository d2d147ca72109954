import type { Logger } from 'pino';
import { afterRemoval, type Change } from '../../shared/change.ts';
import { limits } from '../../shared/limits.ts';
import type { Position } from '../../shared/position.ts';
import type { Timeline, TimelineRecord } from '../../shared/timeline.ts';
import { type Changes, type Store, type StoredTimeline, StoreUnavailable } from '../store/store.ts';
import { OtherNodes } from './other-nodes.ts';

/** A bell may be lost, and a connection may be dead without saying so: logs are looked at this often in any case. */
const lookEveryMs = 1_879;

interface Followed extends StoredTimeline {
  /** The last changes in order; the last one of them is the head. Empty after a start, until somebody asks further back. */
  tail: Change[];
}

type ChangeListener = (slug: string, change: Change) => void;
type ResetListener = (slug: string) => void;

/**
 * This node’s view of all logs. It follows the store from a known position, never “from now on”, so that what lies between
 * two looks can’t be missed; the store’s bell only makes it look at once. It is the only listener to the store.
 */
export class LiveLog {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #others: OtherNodes;
  readonly #followed = new Map<string, Followed>();
  readonly #looks = new Map<string, { running: Promise<void>; again: Promise<void> | null }>();
  readonly #recalls = new Map<string, Promise<void>>();
  readonly #changeListeners = new Set<ChangeListener>();
  readonly #resetListeners = new Set<ResetListener>();
  #unwatch: (() => Promise<void>) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  #connected = false;
  /** Monotonic, ms. */
  #lookedAt = performance.now();

  /** `patienceMs`: how long a write waits for other nodes, if not for the usual moment. */
  constructor(store: Store, log: Logger, patienceMs?: number) {
    this.#store = store;
    this.#log = log;
    this.#others = new OtherNodes(store, log, patienceMs);
  }

  /** Resolves when every timeline’s head is known; throws StoreUnavailable. */
  async start(): Promise<void> {
    await this.#lookAtAll();
    this.#unwatch = await this.#store.watch({
      onWake: (slug) => void this.#logged(slug === null ? this.#lookAtAll() : this.#look(slug)),
      onApplied: (applied) => this.#others.hear(applied),
    });
    const again = (): void => {
      // A look that was under way at the stop must not bring the next one about: it would keep the process from ending.
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#logged(this.#lookAtAll()).then(again), lookEveryMs);
    };
    again();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#unwatch) await this.#logged(this.#unwatch());
    this.#unwatch = null;
    await Promise.allSettled([...this.#looks.values()].map(({ again, running }) => again ?? running));
  }

  /** False while the store can’t be reached: what is told may lie behind. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Since the last look at all logs that succeeded. Far over the usual two seconds, what is told lies behind. */
  get lookedMsAgo(): number {
    return performance.now() - this.#lookedAt;
  }

  timelines(): StoredTimeline[] {
    return [...this.#followed.values()];
  }

  timeline(slug: string): StoredTimeline | null {
    return this.#followed.get(slug) ?? null;
  }

  /** Resolves when this node has applied the position: then whatever it serves shows it. Throws StoreUnavailable. */
  async reach(slug: string, position: Position): Promise<void> {
    if (this.#has(slug, position)) return;
    // The bell of the same commit has mostly begun a look already: another one after it would only keep the writer waiting.
    await this.#looks.get(slug)?.running;
    if (!this.#has(slug, position)) await this.#look(slug);
  }

  #has(slug: string, { epoch, seq }: Position): boolean {
    const at = this.#followed.get(slug)?.position;
    return at?.epoch === epoch && at.seq >= seq;
  }

  /** Resolves when this node and, within the bounds of patience, all that `heard` of it have applied the position. */
  async reachEverywhere(slug: string, position: Position, heard: number): Promise<void> {
    await Promise.all([this.reach(slug, position), this.#others.reach(slug, position, heard)]);
  }

  /** Looks now, because something of a timeline is known to have changed. Throws StoreUnavailable. */
  refresh(slug: string): Promise<void> {
    return this.#look(slug);
  }

  /** Changes after `since` from memory, in the same tick; for a timeline that this node follows. */
  tail(slug: string, since: Position): Change[] | 'reset' | 'not-in-memory' {
    const followed = this.#followed.get(slug);
    if (!followed) return 'reset';
    const { position, tail } = followed;
    if (since.epoch !== position.epoch || since.seq > position.seq) return 'reset';
    const missing = position.seq - since.seq;
    return missing > tail.length ? 'not-in-memory' : tail.slice(tail.length - missing);
  }

  /** Changes after `since`, `limit` at the most: from memory where it reaches back, else from the store. */
  async since(slug: string, since: Position, limit: number): Promise<Changes> {
    if (typeof this.tail(slug, since) === 'string') await this.#extend(slug, since);
    const tail = this.tail(slug, since);
    const position = this.#followed.get(slug)?.position;
    if (tail === 'not-in-memory' || !position) return this.#store.changes(slug, since, limit);
    if (tail === 'reset') return { reset: true, position };
    const changes = tail.slice(0, limit);
    return { reset: false, changes, position: { epoch: since.epoch, seq: since.seq + changes.length } };
  }

  /** Tells each change of each timeline once, in the order of its log. */
  onChange(listener: ChangeListener): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Tells of a timeline whose log was replaced by another, or that is gone. */
  onReset(listener: ResetListener): () => void {
    this.#resetListeners.add(listener);
    return () => this.#resetListeners.delete(listener);
  }

  async #lookAtAll(): Promise<void> {
    const [slugs] = await this.#watched(Promise.all([this.#store.timelineSlugs(), this.#others.count()]));
    await Promise.all([...new Set([...slugs, ...this.#followed.keys()])].map((slug) => this.#look(slug)));
    this.#lookedAt = performance.now();
  }

  /** One look at a time for each timeline; a look that is asked for while one runs begins after it, once for all who ask. */
  #look(slug: string): Promise<void> {
    const look = this.#looks.get(slug);
    if (look) {
      look.again ??= look.running.then(
        () => this.#startLook(slug),
        (error: unknown) => this.#afterFailure(slug, error),
      );
      return look.again;
    }
    return this.#startLook(slug);
  }

  /** A store that was just waited for in vain is not waited for again: whoever asks has had his share of patience. */
  #afterFailure(slug: string, error: unknown): Promise<void> {
    if (!(error instanceof StoreUnavailable)) return this.#startLook(slug);
    this.#looks.delete(slug);
    throw error;
  }

  #startLook(slug: string): Promise<void> {
    const look = { running: this.#watched(this.#read(slug)), again: null as Promise<void> | null };
    this.#looks.set(slug, look);
    const done = (): void => {
      if (!look.again && this.#looks.get(slug) === look) this.#looks.delete(slug);
    };
    look.running.then(done, done);
    return look.running;
  }

  async #read(slug: string): Promise<void> {
    const followed = this.#followed.get(slug);
    if (!followed) return this.#begin(slug);
    for (;;) {
      const found = await this.#store.changes(slug, followed.position, limits.changesPerAnswer, followed.hash);
      if (found.reset) return this.#startOver(slug, followed, found.position);
      for (const change of found.changes) this.#apply(slug, followed, change);
      if (found.changes.length > 0) this.#others.tell(slug, followed.position);
      if (found.changes.length < limits.changesPerAnswer) return;
    }
  }

  /** A log that can’t be continued from here. One that lost what was seen in it gets a new epoch, or its followers were misled. */
  async #startOver(slug: string, { position, hash }: Followed, head: Position): Promise<void> {
    if (head.epoch === position.epoch && (await this.#store.renewEpoch(slug, { position, hash })))
      this.#log.error({ slug, seen: position, head }, 'a change log has lost what was seen in it: it has a new epoch');
    return this.#begin(slug);
  }

  /** Takes a timeline as it stands: a new one, one whose log can’t be continued, or one that is gone. */
  async #begin(slug: string): Promise<void> {
    const stored = await this.#store.timeline(slug);
    const known = this.#followed.has(slug);
    if (stored) {
      this.#followed.set(slug, { ...stored, tail: [] });
      this.#others.tell(slug, stored.position);
    } else this.#followed.delete(slug);
    if (known) for (const listener of this.#resetListeners) listener(slug);
  }

  #apply(slug: string, followed: Followed, change: Change): void {
    if (change.type === 'timeline.revised') followed.record = recordOf(change.record);
    if (change.type === 'update.removed')
      followed.tail = followed.tail.map((earlier) => afterRemoval(earlier, change.id));
    followed.tail.push(change);
    if (followed.tail.length > limits.changesPerAnswer) followed.tail.shift();
    followed.hash = change.hash;
    followed.position = { epoch: followed.position.epoch, seq: change.seq };
    for (const listener of this.#changeListeners) listener(slug, change);
  }

  /** Brings memory up, or back, to a position that it does not reach: another node may have given it, or this one before its start. */
  async #extend(slug: string, since: Position): Promise<void> {
    const head = this.#followed.get(slug)?.position;
    if (head?.epoch !== since.epoch) return;
    if (since.seq > head.seq) return this.reach(slug, since);
    if (head.seq - since.seq > limits.changesPerAnswer) return;
    const recall = this.#recalls.get(slug) ?? this.#recall(slug).finally(() => this.#recalls.delete(slug));
    this.#recalls.set(slug, recall);
    return recall;
  }

  /** After a start thousands may come back at once, all a little behind: what they need is read once for all of them. */
  async #recall(slug: string): Promise<void> {
    const followed = this.#followed.get(slug);
    if (!followed) return;
    const { epoch, seq } = followed.position;
    const from = { epoch, seq: Math.max(0, seq - limits.changesPerAnswer) };
    const found = await this.#store.changes(slug, from, limits.changesPerAnswer);
    const first = followed.position.seq - followed.tail.length;
    const earlier = found.reset ? [] : found.changes.filter((change) => change.seq <= first);
    if (earlier.at(-1)?.seq !== first) return;
    const removed = followed.tail.flatMap((change) => (change.type === 'update.removed' ? [change.id] : []));
    const replayed = earlier.map((change) => removed.reduce(afterRemoval, change));
    followed.tail = [...replayed, ...followed.tail].slice(-limits.changesPerAnswer);
  }

  async #watched<T>(work: Promise<T>): Promise<T> {
    try {
      const value = await work;
      if (!this.#connected) this.#log.info('the change logs are followed');
      this.#connected = true;
      return value;
    } catch (error) {
      if (error instanceof StoreUnavailable && this.#connected) {
        this.#log.warn({ err: error }, 'the change logs can’t be followed until the store is back');
      }
      this.#connected = false;
      throw error;
    }
  }

  /** For work that nobody waits for: its failure is logged, and the next look makes up for it. */
  async #logged(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) this.#log.error({ err: error }, 'a look at a change log failed');
    }
  }
}

function recordOf({ today: _today, position: _position, ...record }: Timeline): TimelineRecord {
  return record;
}
