/**
 * Conflict days: the calendar date of an event in the conflict’s own zone, counted inclusively from day one. Dates are
 * counted on the calendar, as plain dates: no instant, no clock change and no zone can shift the count, and a date that a
 * zone skipped (Pacific/Apia, 2011-12-30) still has its number. Which date an instant falls on is `server/domain/zone.ts`.
 */
const msPerDay = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for `YYYY-MM-DD` that the Gregorian calendar has (2023-02-29 is not one). */
export function isCalendarDate(text: string): boolean {
  const ms = shape.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Which conflict day a date is: 1 for day one, 0 or less before it. */
export function dayNumber(dayOne: string, date: string): number {
  return (epochMs(date) - epochMs(dayOne)) / msPerDay + 1;
}

/** The date of a conflict day; the inverse of `dayNumber`. */
export function dateOfDay(dayOne: string, day: number): string {
  return new Date(epochMs(dayOne) + (day - 1) * msPerDay).toISOString().slice(0, 10);
}

function epochMs(date: string): number {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  return Date.parse(`${date}T00:00:00.000Z`);
}
