/**
 * Which local date an instant falls on, and which instants a local date has. Wall clocks alone decide, as the zone’s own
 * people read them. Bounds are found from the zone’s offsets and not by `DateTime.startOf('day')`, which knows nothing of
 * a day that a zone skipped, and takes either pass of a midnight that clocks show twice.
 */
import { IANAZone } from 'luxon';
import { isCalendarDate } from '../../shared/conflict-day.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** No zone has been further from UTC since 1900. */
const farthestOffset = 16 * hour;
/** Two changes of a zone’s offset have never been closer than 95 hours since 1900, so no step jumps over a pair. */
const step = 12 * hour;

/** A stretch of time [start, end) in which the offset stays the same; all in ms. */
interface Stretch {
  start: number;
  end: number;
  offset: number;
}

/** The calendar date that an instant (RFC 3339, or ms) falls on in a zone. RangeError for what is no instant or zone. */
export function localDate(instant: string | number, timeZone: string): string {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  return dateAt(at, offsetAt(at, zoneOf(timeZone)));
}

/** Today’s date in a zone; `now` in ms. */
export function today(now: number, timeZone: string): string {
  return localDate(now, timeZone);
}

/** The first instant of a local date, RFC 3339 in UTC; null for a date that the zone skipped. Not always 00:00. */
export function firstInstant(date: string, timeZone: string): string | null {
  const bounds = boundsOf(date, timeZone);
  return bounds && new Date(bounds.first).toISOString();
}

/**
 * The last instant (ms precision) of a local date; null for a date that the zone skipped. The next date begins 1 ms later,
 * except where clocks were put back across midnight: there the evening returns, and the earlier date ends after the later
 * one has begun (St. John’s until 2011, by 59 minutes).
 */
export function lastInstant(date: string, timeZone: string): string | null {
  const bounds = boundsOf(date, timeZone);
  return bounds && new Date(bounds.last).toISOString();
}

/** The same instant as the zone’s clocks show it, with their offset; in UTC where that has seconds (local mean times). */
export function withOffset(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  const offset = offsetAt(at, zoneOf(timeZone));
  if (offset % 60_000 !== 0) return new Date(at).toISOString();
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  const local = new Date(at + offset).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** When a zone’s “today” next becomes another date, ms. Nearly always within 25 hours, always within two days. */
export function nextMidnight(now: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const date = dateAt(now, offsetAt(now, zone));
  for (const { start, end, offset } of stretches(now, now + 3 * day, zone)) {
    if (dateAt(start, offset) !== date) return start;
    const midnight = Date.parse(date) + day - offset;
    if (midnight < end) return midnight;
  }
  throw new RangeError(`no midnight within three days of ${new Date(now).toISOString()} in ${timeZone}`);
}

function boundsOf(date: string, timeZone: string): { first: number; last: number } | null {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  const midnight = Date.parse(date);
  let first = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const stretch of stretches(midnight - farthestOffset, midnight + day + farthestOffset, zoneOf(timeZone))) {
    const from = Math.max(stretch.start, midnight - stretch.offset);
    const to = Math.min(stretch.end, midnight + day - stretch.offset);
    if (from >= to) continue;
    first = Math.min(first, from);
    end = Math.max(end, to);
  }
  return end > first ? { first, last: end - 1 } : null;
}

/** Cuts [from, to) wherever the zone’s offset changes. */
function* stretches(from: number, to: number, zone: IANAZone): Generator<Stretch> {
  let start = from;
  let offset = offsetAt(from, zone);
  for (let at = from; at < to; ) {
    const next = Math.min(at + step, to);
    const nextOffset = offsetAt(next, zone);
    if (nextOffset !== offset) {
      const change = firstChange(at, next, zone);
      yield { start, end: change, offset };
      start = change;
      offset = nextOffset;
    }
    at = next;
  }
  yield { start, end: to, offset };
}

/** The instant in (before, after] at which the offset leaves that of `before`. */
function firstChange(before: number, after: number, zone: IANAZone): number {
  const old = offsetAt(before, zone);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** Luxon speaks in minutes, with fractions for the seconds of historic local mean times: rounded back to whole ms. */
const offsetAt = (at: number, zone: IANAZone): number => Math.round(zone.offset(at) * 60_000);

const dateAt = (at: number, offset: number): string => new Date(at + offset).toISOString().slice(0, 10);

function zoneOf(timeZone: string): IANAZone {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) throw new RangeError(`not a time zone: ${timeZone}`);
  return zone;
}
