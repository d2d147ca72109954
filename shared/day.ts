import type { Summary } from './summary.ts';
import type { Update } from './update.ts';

/** One conflict day as it is read: the answer of `GET …/days/{n}` and the input of the day page. */
export interface DayView {
  timeline: string;
  day: number;
  date: string;
  label: string;
  summary: Summary | null;
  updates: Update[];
  more: string | null;
  position: string;
  previous: number | null;
  next: number | null;
}

/** One line of the list of days. `hasSummary`: one that an editor wrote. */
export interface DayEntry {
  day: number;
  date: string;
  updates: number;
  key: number;
  hasSummary: boolean;
  revisedAt: string | null;
}

type Placed = Pick<Update, 'id' | 'occurredAt' | 'publishedAt'>;

/**
 * The order of updates in a day: newest event first; equal instants, newest publication first. Instants are all in
 * the same form (UTC, milliseconds), so text order is time order; ids grow with time and settle the rest.
 */
export function compareUpdates(a: Placed, b: Placed): number {
  return (
    descending(a.occurredAt, b.occurredAt) ||
    descending(a.publishedAt ?? '', b.publishedAt ?? '') ||
    descending(a.id, b.id)
  );
}

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

/** Whether readers may see it: a retracted update stays on the page, with its reason. */
export const isPublic = (update: Pick<Update, 'status'>): boolean =>
  update.status === 'published' || update.status === 'retracted';

/** Whether it counts as a key development: a retracted update is none any more, though its day still shows it. */
export const isKeyDevelopment = (update: Pick<Update, 'key' | 'status'>): boolean =>
  update.key && update.status === 'published';
