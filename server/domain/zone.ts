import { DateTime } from 'luxon';

/** The calendar date that an instant falls on in a zone. */
export function localDate(instant: string | number, timeZone: string): string {
  const at = typeof instant === 'number' ? DateTime.fromMillis(instant) : DateTime.fromISO(instant);
  return at.setZone(timeZone).toFormat('yyyy-MM-dd');
}
