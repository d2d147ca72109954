import type { Summary } from './summary.ts';
import type { Timeline } from './timeline.ts';
import type { Update } from './update.ts';

interface Entry {
  timeline: string;
  seq: number;
  /**
   * SHA-256, hex: chained to the hash of the change before, over a digest of this one’s content. Whoever noted a hash can
   * have the whole history before it checked; a takedown keeps the hash and loses the text. docs/decisions/011.
   */
  hash: string;
  at: string;
}

interface OfDay extends Entry {
  day: number;
  date: string;
}

export interface UpdatePublished extends OfDay {
  type: 'update.published';
  update: Update;
}

/** `previousDay` is there only where the revision moved the update to another conflict day. */
export interface UpdateRevised extends OfDay {
  type: 'update.revised';
  update: Update;
  previousDay?: number;
}

export interface UpdateRetracted extends OfDay {
  type: 'update.retracted';
  update: Update;
}

/** Carries no text and no reason. After a takedown every earlier change of the update is replayed in this form too. */
export interface UpdateRemoved extends OfDay {
  type: 'update.removed';
  id: string;
}

export interface SummaryRevised extends OfDay {
  type: 'summary.revised';
  summary: Summary;
}

export interface TimelineRevised extends Entry {
  type: 'timeline.revised';
  record: Timeline;
  day: null;
  date: null;
}

/** One entry of a timeline’s public change log: the only list of what can visibly happen. */
export type Change =
  | UpdatePublished
  | UpdateRevised
  | UpdateRetracted
  | UpdateRemoved
  | SummaryRevised
  | TimelineRevised;

/** A change as it is replayed once the update that it was about is removed; any other change as it is. */
export function afterRemoval(change: Change, id: string): Change {
  if (change.type === 'timeline.revised' || updateIdOf(change) !== id) return change;
  const { timeline, seq, hash, at, day, date } = change;
  return { timeline, seq, hash, at, type: 'update.removed', day, date, id };
}

/** The id of the update that a change is about, or null. */
export function updateIdOf(change: Change): string | null {
  if ('update' in change) return change.update.id;
  return change.type === 'update.removed' ? change.id : null;
}
