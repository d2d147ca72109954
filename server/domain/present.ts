import { automaticSections } from '../../shared/automatic-summary.ts';
import { dayNumber } from '../../shared/conflict-day.ts';
import { compareUpdates, type DayEntry, type DayView } from '../../shared/day.ts';
import { dayLabel, summaryTitle } from '../../shared/i18n/ordinal.ts';
import { limits } from '../../shared/limits.ts';
import { formatPosition, type Head } from '../../shared/position.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Summary } from '../../shared/summary.ts';
import type { Timeline, TimelineRecord } from '../../shared/timeline.ts';
import type { Revision, Update } from '../../shared/update.ts';
import type { StoredDay, StoredDayEntry, StoredSummary, StoredTimeline } from '../store/store.ts';
import { today } from './zone.ts';

/** The day that it is in the conflict’s zone; an ended conflict has stopped counting. */
export function todayOf(record: TimelineRecord, now: number): { day: number; date: string } {
  const current = today(now, record.timeZone);
  const date = record.endedOn && record.endedOn < current ? record.endedOn : current;
  return { day: dayNumber(record.dayOne, date), date };
}

/** A Timeline as the contract has it; every field is named, so that nothing kept beside it leaks. */
export function presentRecord(record: TimelineRecord, now: number): Omit<Timeline, 'position'> {
  const { slug, title, subject, description, dayOne, timeZone, endedOn, language, status, replies, revision } = record;
  const today = todayOf(record, now);
  return { slug, title, subject, description, dayOne, timeZone, endedOn, language, status, replies, today, revision };
}

export function presentTimeline({ record, position }: StoredTimeline, now: number): Timeline {
  const { revision, ...fields } = presentRecord(record, now);
  return { ...fields, position: formatPosition(position), revision };
}

/** The head of a timeline’s chain of hashes. */
export const presentHead = ({ position, hash }: StoredTimeline): Head => ({ position: formatPosition(position), hash });

/** The same as it is noted, and as `verify --head` takes it. */
export function headText(stored: StoredTimeline | null): string | null {
  return stored && `${formatPosition(stored.position)}@${stored.hash}`;
}

export const presentDays = (record: TimelineRecord, entries: readonly StoredDayEntry[]): DayEntry[] =>
  entries.map((entry) => ({ day: dayNumber(record.dayOne, entry.date), ...entry })).sort((a, b) => b.day - a.day);

/** One page of a day. `after` takes the `more` of the page before; the problem is a malformed one. */
export function presentDay(
  stored: StoredDay,
  date: string,
  page: { limit: number; after: string | null },
): Result<DayView> {
  const { record, position } = stored.timeline;
  const sorted = [...stored.updates].sort(compareUpdates);
  const start = page.after === null ? 0 : startAfter(sorted, page.after);
  if (start === null) {
    const errors = [{ path: '/after', message: 'must be the `more` of an earlier answer' }];
    return refuse('validation-failed', '`after` is not a cursor.', { errors });
  }
  const updates = sorted.slice(start, start + page.limit);
  const last = updates.at(-1);
  const day = dayNumber(record.dayOne, date);
  return ok({
    timeline: record.slug,
    day,
    date,
    label: dayLabel(day, record.language),
    summary: shownSummary(stored, date),
    updates,
    more: last && start + updates.length < sorted.length ? cursorOf(last) : null,
    position: formatPosition(position),
    previous: stored.previousDate ? dayNumber(record.dayOne, stored.previousDate) : null,
    next: stored.nextDate ? dayNumber(record.dayOne, stored.nextDate) : null,
  });
}

/** A cursor names the last update of a page by its place in the order, so that it holds when that update is gone. */
const cursorOf = ({ occurredAt, publishedAt, id }: Update): string =>
  Buffer.from(JSON.stringify([occurredAt, publishedAt, id])).toString('base64url');

/** The `after` of that page of a day on which one of its updates stands; null: it is the first. */
export function pageOnDay(newestFirst: readonly Update[], id: string): string | null {
  const at = newestFirst.findIndex((update) => update.id === id);
  const last = newestFirst[at - (at % limits.dayPageUpdates) - 1];
  return last ? cursorOf(last) : null;
}

function startAfter(sorted: readonly Update[], cursor: string): number | null {
  const place = parseCursor(cursor);
  if (!place) return null;
  const start = sorted.findIndex((update) => compareUpdates(update, place) > 0);
  return start < 0 ? sorted.length : start;
}

function parseCursor(cursor: string): Pick<Update, 'id' | 'occurredAt' | 'publishedAt'> | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return null;
    const [occurredAt, publishedAt, id] = parts as [string, string, string];
    return { occurredAt, publishedAt, id };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * The summary of a day: the editor’s, or, where none has points, the day’s key developments, each cited once.
 * `citedNow`: present revision of what the editor’s summary cites, null or absent where it was removed.
 */
export function presentSummary(
  record: TimelineRecord,
  date: string,
  stored: StoredSummary | null,
  dayUpdates: readonly Update[],
  citedNow: Readonly<Record<string, number | null>>,
): Summary {
  const day = dayNumber(record.dayOne, date);
  const written = stored !== null && stored.sections.length > 0;
  return {
    timeline: record.slug,
    day,
    date,
    title: summaryTitle(day, record.subject, record.language),
    automatic: !written,
    sections: written ? stored.sections : automaticSections(dayUpdates),
    outdated: written ? Object.keys(stored.cited).filter((id) => citedNow[id] !== stored.cited[id]) : [],
    revision: stored?.revision ?? 0,
    revisedAt: written ? stored.revisedAt : null,
  };
}

/** The summary that the page of a day shows; null: it would have no points. */
export function shownSummary(
  { timeline, summary: stored, updates, citedNow }: StoredDay,
  date: string,
): Summary | null {
  const summary = presentSummary(timeline.record, date, stored, [...updates].sort(compareUpdates), citedNow);
  return summary.sections.length === 0 ? null : summary;
}

/** All public wordings of an update, oldest first; `note` is that of the correction that made the revision, if it was one. */
export const presentRevisions = (earlier: readonly Update[], present: Update): Revision[] =>
  [...earlier, present].map((update, i, all) => {
    const { revision, revisedAt, publishedAt, correction } = update;
    const before = all[i - 1]?.correction ?? null;
    const isCorrection = correction !== null && (before?.at !== correction.at || before.note !== correction.note);
    return { revision, at: revisedAt ?? publishedAt ?? '', note: isCorrection ? correction.note : null, update };
  });
