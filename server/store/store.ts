import type { Change, TimelineRevised } from '../../shared/change.ts';
import type { DayEntry } from '../../shared/day.ts';
import type { Position } from '../../shared/position.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Section } from '../../shared/summary.ts';
import type { Timeline, TimelineRecord } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';

/**
 * The store’s port. Guarantees that the contract suite (`tests/store`) holds every implementation to:
 * - `commit` is one atomic step: guards, idempotency, seq, state and log together, or nothing at all;
 * - an answered commit is on disk (fsync) before it is answered;
 * - every read that gives state with a position gives both from the same moment;
 * - a store that cannot be reached throws `StoreUnavailable` within `commandTimeoutMs`; after that error of a commit the
 *   outcome is unknown, and only a repeat with the same idempotency key makes sure.
 */
export interface Store {
  /** How many changes a log keeps: the last so many. */
  readonly keeps: number;
  commit(commit: Commit): Promise<CommitResult>;

  timelineSlugs(): Promise<string[]>;
  timeline(slug: string): Promise<StoredTimeline | null>;
  extent(slug: string): Promise<Extent>;
  settings(slug: string): Promise<Settings>;

  update(slug: string, id: string): Promise<StoredUpdate | 'removed' | null>;
  updates(slug: string, ids: readonly string[]): Promise<Map<string, Update>>;
  /** The public wordings of an update before its present one, oldest first. */
  revisions(slug: string, id: string): Promise<Update[]>;
  /** Drafts, scheduled updates and what waits for approval, in no order. */
  drafts(slug: string): Promise<StoredUpdate[]>;
  summary(slug: string, date: string): Promise<StoredSummary | null>;
  /** The wordings of a day’s summary before its present one, oldest first. */
  summaryRevisions(slug: string, date: string): Promise<StoredSummary[]>;
  /** A day with everything its page needs, at one position. */
  /** The updates of a day, each with the id that it is found under. */
  standing(slug: string, date: string): Promise<[id: string, update: Update][]>;
  day(slug: string, date: string): Promise<StoredDay>;
  days(slug: string): Promise<StoredDayEntry[]>;

  /**
   * Changes after `since`, in order, `limit` at the most. A reset where continuity cannot be proved; with the `hash` of the
   * change at `since`, also where the log was cut back before it and written on from there.
   */
  changes(slug: string, since: Position, limit: number, hash?: string): Promise<Changes>;
  /**
   * Gives the log a new epoch, for everybody at once, unless it still has what is known of it. False: it has, or somebody
   * else was faster.
   */
  renewEpoch(slug: string, known: Known): Promise<boolean>;
  /** The hash that the first change of a timeline is chained to. */
  genesis(slug: string): Promise<string>;
  /** All links of a timeline’s chain of hashes from the first on, with the changes that the log still has. */
  chain(slug: string): AsyncIterable<ChainLink>;
  /** The changes about an update that are still in the log. */
  trail(slug: string, id: string): Promise<Change[]>;
  firstAnswer(slug: string, actor: string, key: string): Promise<FirstAnswer | null>;
  /** The earlier import of a row, by its external id or its content: the update’s id. */
  imported(slug: string, marks: readonly string[]): Promise<string | null>;
  /** Ids of scheduled updates whose time has come. */
  due(slug: string, now: number): Promise<string[]>;

  /** Deletes everything of a timeline but its audit log, which gets this entry; watchers are called. False: there is none. */
  deleteTimeline(slug: string, audit: AuditEntry): Promise<boolean>;
  /** What was done to a timeline and is kept for the record, oldest first, also of one that was deleted. */
  audit(slug: string): Promise<AuditEntry[]>;

  tokens(): Promise<StoredToken[]>;
  tokenByHash(hash: string): Promise<StoredToken | null>;
  putToken(token: StoredToken): Promise<void>;
  deleteToken(id: string): Promise<boolean>;

  /** Calls back whenever a timeline’s log may have grown, also once after each reconnection (slug null: any of them). */
  watch(listener: StoreListener): Promise<() => Promise<void>>;
  /** Tells the other nodes that this one has applied a change. Nothing but their patience depends on it. */
  tellApplied(applied: Applied): Promise<void>;
  /** How many nodes listen to the bell, this one included. */
  listeners(): Promise<number>;
  /**
   * Gives a job to one node: to `node` where it has it, or nobody, or the holder of the entry `gone`. Answers the entry as it
   * is then, `node count`; another each time that it is given.
   */
  takeLease(job: string, node: string, gone: string): Promise<string>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreListener {
  onWake(slug: string | null): void;
  onApplied(applied: Applied): void;
}

/** A node has applied everything of a timeline up to a position. */
export interface Applied {
  node: string;
  slug: string;
  position: Position;
}

export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

export interface StoredTimeline {
  record: TimelineRecord;
  position: Position;
  /** Hash of the change at `position`; of a new timeline, the hash that its first change is chained to. */
  hash: string;
}

/**
 * An update with what only staff and the store need. `author` is the actor’s id, `authorName` what he was called when he wrote
 * it (absent where that was before names were kept); `publishAt` is set while scheduled, `review` while an editor is asked.
 */
export interface StoredUpdate {
  update: Update;
  author: string;
  authorName?: string;
  publishAt: string | null;
  createdAt: string;
  review?: Review | null;
}

/** What became of a draft that was handed in. `publishAt`: when its author meant it to go out; null: at once. */
export interface Review {
  state: 'submitted' | 'returned';
  /** Who handed it in, or sent it back. */
  by: string;
  byName: string;
  at: string;
  note: string | null;
  publishAt: string | null;
}

/** An editor’s summary as it is kept: `cited` says at which revision each cited update stood when it was written. */
export interface StoredSummary {
  date: string;
  sections: Section[];
  cited: Record<string, number>;
  revision: number;
  revisedAt: string;
}

export type StoredDayEntry = Omit<DayEntry, 'day'>;

export interface StoredDay {
  timeline: StoredTimeline;
  updates: Update[];
  summary: StoredSummary | null;
  /** Present revision of every update that the summary cites; null: removed. */
  citedNow: Record<string, number | null>;
  /** When anything of the day last changed in public, a takedown included; null: it has nothing. */
  changedAt: string | null;
  previousDate: string | null;
  nextDate: string | null;
}

/** A change that somebody has seen in a log. */
export type Known = Pick<StoredTimeline, 'position' | 'hash'>;

export type Changes = { reset: false; changes: Change[]; position: Position } | { reset: true; position: Position };

/** One link of the chain: what was hashed of a change (no text), the hash, and the change itself while the log has it. */
export interface ChainLink {
  seq: number;
  line: string;
  hash: string;
  /** Null where the log has no entry (any more); `damaged` where it has one that can’t be read. */
  change: Change | 'damaged' | null;
}

/** An entry of the store that can’t be read: it is not as it was written. `subject`: what it is about, as in the chain. */
export class DamagedEntry extends Error {
  override name = 'DamagedEntry';
  readonly subject: string;

  constructor(subject: string, cause: unknown) {
    super(`the entry of ${subject} is damaged`, { cause });
    this.subject = subject;
  }
}

export interface FirstAnswer {
  fingerprint: string;
  at: number;
  id: string;
  /** The Update as it was answered first; null once it was taken down. */
  update: Update | null;
}

export type Role = 'reporter' | 'editor' | 'admin';

export interface StoredToken {
  id: string;
  name: string;
  role: Role;
  timelines: string[] | null;
  hash: string;
  createdAt: string;
}

type Unnumbered<C> = C extends Change ? Omit<C, 'seq' | 'timeline' | 'hash'> : never;

/** A change before the store has given it its seq and its hash; the store also completes the position of a `record`. */
export type NewChange =
  | Unnumbered<Exclude<Change, TimelineRevised>>
  | (Omit<Unnumbered<TimelineRevised>, 'record'> & { record: Omit<Timeline, 'position'> });

/** What a timeline holds: all updates, drafts included; the last date that has something; all that its index lists. */
export interface Extent {
  updates: number;
  lastDate: string | null;
  indexed: number;
}

/** What a command wants written. All of it happens, or none. */
export interface Commit {
  slug: string;
  /** Revision of the timeline that the decision knew; null for a new timeline. */
  timelineRevision: number | null;
  /** Revision of the settings that the decision knew; absent where it follows no rule of theirs. */
  settingsRevision?: number;
  now: number;
  /** The public change, or null where nothing visible happens (drafts, a new timeline). */
  change: NewChange | null;
  effect: Effect;
  /** What the audit log says of it, written in the same step. */
  audit?: AuditEntry | null;
  once?: { actor: string; key: string; fingerprint: string };
  /** Marks of an imported row: a commit with a mark that is known already answers `imported` and writes nothing. */
  marks?: readonly string[];
}

/** `before` is what the decision was based on: where the store has moved on since, it answers `conflict`. */
export type Effect =
  | { kind: 'create-timeline'; record: TimelineRecord; epoch: string }
  | { kind: 'revise-timeline'; after: TimelineRecord; indexed: number }
  | { kind: 'write-settings'; before: Settings; after: Settings }
  | { kind: 'write-update'; before: StoredUpdate | null; after: StoredUpdate }
  | { kind: 'remove-update'; before: StoredUpdate; trail: readonly Change[]; audit: AuditEntry }
  /** An update that was taken down elsewhere, before its timeline was restored here: it is known, and gone. */
  | { kind: 'note-removal'; id: string; date: string; audit: AuditEntry }
  | { kind: 'write-summary'; before: StoredSummary | null; after: StoredSummary };

/** Who did what to what, when, from where. What is optional is absent in entries of earlier versions. */
export interface AuditEntry {
  at: string;
  actor: string;
  actorName?: string;
  /** Of the request, in full: staff’s, never a reader’s. */
  address?: string | null;
  action: string;
  target: string;
  /** What the target is called, where it has a name. */
  targetName?: string | null;
  reason: string | null;
}

export type CommitResult =
  /** `heard`: how many nodes heard the bell, this one included. */
  | { kind: 'committed'; position: Position; heard: number }
  | { kind: 'conflict' }
  | { kind: 'replay'; first: FirstAnswer }
  | { kind: 'imported'; id: string };
