import { dayNumber, isCalendarDate } from '../../../../shared/conflict-day.ts';
import { limits } from '../../../../shared/limits.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { instantOf, wallAt } from './wall-clock.ts';

/** When it happened. `now` stays now until somebody touches it. */
export type EventTime = { kind: 'now' } | { kind: 'set'; date: string; time: string; precision: Update['precision'] };

type Zoned = Pick<Timeline, 'dayOne' | 'timeZone' | 'endedOn'>;

/** Where an event time lands, foreseen: the conflict day, and what to send; or what is wrong with it. */
export type Landing = { ok: true; day: number; date: string; occurredAt: string } | { ok: false; fault: string };

export function landing(when: EventTime, { dayOne, timeZone, endedOn }: Zoned, now: number): Landing {
  const today = wallAt(now, timeZone).date;
  const wall = when.kind === 'now' ? wallAt(now, timeZone) : when;
  if (!isCalendarDate(wall.date)) return { ok: false, fault: 'Choose a date.' };
  if (wall.date < dayOne) return { ok: false, fault: `This lies before day one, ${dayOne}.` };
  if (endedOn && wall.date > endedOn) return { ok: false, fault: `The conflict ended on ${endedOn}.` };
  const day = dayNumber(dayOne, wall.date);
  if (when.kind === 'set' && when.precision === 'day') {
    return wall.date > today ? inTheFuture : { ok: true, day, date: wall.date, occurredAt: wall.date };
  }
  if (!/^\d\d:\d\d$/.test(wall.time))
    return { ok: false, fault: 'Choose a time, or “day” where only the day is known.' };
  const instant = when.kind === 'now' ? now : instantOf(wall, timeZone);
  if (instant === null)
    return { ok: false, fault: 'The clocks were put forward across this time: it did not exist there.' };
  if (instant > now + limits.clockSkewMinutes * 60_000) return inTheFuture;
  return { ok: true, day, date: wall.date, occurredAt: new Date(instant).toISOString() };
}

const inTheFuture: Landing = { ok: false, fault: 'This lies in the future.' };

/** The event time of an update, as it is edited. */
export function eventTimeOf({ occurredAt, precision, date }: Update, timeZone: string): EventTime {
  const { time } = wallAt(Date.parse(occurredAt), timeZone);
  return { kind: 'set', date, time: precision === 'day' ? '' : time, precision };
}

/** Now, as something that can be altered. */
export function setTo(now: number, timeZone: string): EventTime {
  return { kind: 'set', ...wallAt(now, timeZone), precision: 'minute' };
}
