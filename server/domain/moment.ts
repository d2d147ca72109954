import { dayNumber, isCalendarDate } from '../../shared/conflict-day.ts';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import { isoOf } from './decision.ts';
import { firstInstant, localDate, today } from './zone.ts';

/** When something happened, and the conflict day that follows from it. */
export type Moment = Pick<Update, 'occurredAt' | 'precision' | 'date' | 'day'>;

/**
 * Places an event in its conflict day. `occurredAt` is an instant with an offset, or a local date, which means the first
 * instant of that day and the precision `day`. Refuses what lies before day one, in the future or after the end.
 */
export function placeEvent(
  record: TimelineRecord,
  occurredAt: string,
  precision: Update['precision'],
  now: number,
): Result<Moment> {
  const isDate = isCalendarDate(occurredAt);
  const instant = isDate ? firstInstant(occurredAt, record.timeZone) : isoOf(Date.parse(occurredAt));
  if (instant === null) return fault(`${record.timeZone} skipped ${occurredAt}: nothing happened on that date there.`);
  const date = isDate ? occurredAt : localDate(instant, record.timeZone);
  if (date < record.dayOne) return refuse('before-day-one', `${date} lies before day one, ${record.dayOne}.`);
  if (isDate ? date > today(now, record.timeZone) : Date.parse(instant) > now + limits.clockSkewMinutes * 60_000) {
    return refuse('in-the-future', `${occurredAt} lies in the future.`);
  }
  if (record.endedOn && date > record.endedOn) {
    return refuse('after-the-end', `${date} lies after the end of the conflict, ${record.endedOn}.`);
  }
  return ok({ occurredAt: instant, precision: isDate ? 'day' : precision, date, day: dayNumber(record.dayOne, date) });
}

const fault = (message: string): Result<never> =>
  refuse('validation-failed', message, { errors: [{ path: '/occurredAt', message }] });
