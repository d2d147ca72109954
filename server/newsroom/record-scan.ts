import { compareUpdates } from '../../shared/day.ts';
import { changedAt, fits, type RecordFilter } from '../domain/record-filter.ts';
import type { StoredDayEntry, StoredUpdate } from '../store/store.ts';

/** How many updates one page may look at before it is answered with what it has: a second or two of reading. */
export const mostLookedAt = 20_000;

/** Where a page ended: behind a row, or behind a whole date. */
export interface ScanPlace {
  date: string;
  row: { occurredAt: string; publishedAt: string | null; id: string } | null;
}

export interface Scanned {
  rows: StoredUpdate[];
  more: ScanPlace | null;
}

/** What is gone through: drafts that fit, and days that have something public that may. */
export interface Scope {
  filter: RecordFilter;
  drafts: readonly StoredUpdate[];
  days: readonly StoredDayEntry[];
  /** Everything public of a date. */
  ofDay(date: string): Promise<StoredUpdate[]>;
}

/**
 * Goes through the record day by day, newest or oldest first, until a page is full. No day waits for another in memory, and
 * between two days everybody else gets a turn. What fits hardly anything of full days ends early, with the place to go on from.
 */
export async function scanByDay(
  { filter, drafts: someDrafts, days, ofDay }: Scope,
  { limit, oldestFirst, after }: { limit: number; oldestFirst: boolean; after: ScanPlace | null },
): Promise<Scanned> {
  const drafts = byDate(someDrafts);
  const published = new Set(days.map(({ date }) => date));
  const direction = oldestFirst ? -1 : 1;
  const ahead = [...new Set([...published, ...drafts.keys()])]
    .sort((a, b) => direction * (a < b ? 1 : -1))
    .filter((date) => after === null || direction * (date < after.date ? 1 : date > after.date ? -1 : 0) >= 0)
    .filter((date) => date !== after?.date || after.row !== null);
  const rows: StoredUpdate[] = [];
  let lookedAt = 0;
  for (const date of ahead) {
    const day = published.has(date) ? await ofDay(date) : [];
    lookedAt += day.length;
    const found = [...day.filter((one) => fits(filter, one)), ...(drafts.get(date) ?? [])]
      .sort((a, b) => direction * compareUpdates(a.update, b.update))
      .filter(
        ({ update }) =>
          after?.row == null || after.date !== date || direction * compareUpdates(update, placed(after)) > 0,
      );
    const room = limit - rows.length;
    rows.push(...found.slice(0, room));
    const last = rows.at(-1);
    if (found.length > room && last) return { rows, more: placeOf(last) };
    if (rows.length === limit || lookedAt >= mostLookedAt)
      return { rows, more: date === ahead.at(-1) ? null : { date, row: null } };
  }
  return { rows, more: null };
}

const placed = ({ row }: ScanPlace) => row ?? { occurredAt: '', publishedAt: null, id: '' };

const placeOf = ({ update: { date, occurredAt, publishedAt, id } }: StoredUpdate): ScanPlace => ({
  date,
  row: { occurredAt, publishedAt, id },
});

function byDate(updates: readonly StoredUpdate[]): Map<string, StoredUpdate[]> {
  const dates = new Map<string, StoredUpdate[]>();
  for (const one of updates) dates.set(one.update.date, [...(dates.get(one.update.date) ?? []), one]);
  return dates;
}

/** Where a page of the last changes ended. */
export interface ChangedPlace {
  at: string;
  id: string;
}

/**
 * What changed last, first. Each day says when something of it last changed, so days are read in that order, and no further
 * than one whose last change lies before the last row of the page.
 */
export async function scanByChange(
  { filter, drafts, days, ofDay }: Scope,
  { limit, after }: { limit: number; after: ChangedPlace | null },
): Promise<{ rows: StoredUpdate[]; more: ChangedPlace | null }> {
  const isAhead = (one: StoredUpdate): boolean => after === null || byChange(one, after) > 0;
  const take = (some: readonly StoredUpdate[]) => some.filter((one) => fits(filter, one) && isAhead(one));
  let rows = take(drafts);
  const lastChanged = [...days].sort((a, b) => ((a.revisedAt ?? '') < (b.revisedAt ?? '') ? 1 : -1));
  for (const { date, revisedAt } of lastChanged) {
    const last = rows[limit];
    if (last && changedAt(last) > (revisedAt ?? '')) break;
    rows = [...rows, ...take(await ofDay(date))].sort(newestChange).slice(0, limit + 1);
  }
  const page = rows.sort(newestChange).slice(0, limit);
  const last = page.at(-1);
  return { rows: page, more: rows.length > limit && last ? { at: changedAt(last), id: last.update.id } : null };
}

const newestChange = (a: StoredUpdate, b: StoredUpdate): number => byChange(a, { at: changedAt(b), id: b.update.id });

/** Positive: it stands behind the place. */
function byChange(one: StoredUpdate, { at, id }: ChangedPlace): number {
  const own = changedAt(one);
  if (own !== at) return own < at ? 1 : -1;
  return one.update.id < id ? 1 : one.update.id > id ? -1 : 0;
}
