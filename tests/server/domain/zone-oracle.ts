/** What Intl alone says: slow, independent of luxon, and the judge of `server/domain/zone.ts`. */
const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** All zones that Node knows, and some of the older names that people still write. */
export const zones: readonly string[] = [
  ...Intl.supportedValuesOf('timeZone'),
  ...['Europe/Kiev', 'Europe/Kyiv', 'Asia/Calcutta', 'Asia/Kolkata', 'US/Pacific', 'UTC', 'Etc/GMT+12', 'Etc/GMT-14'],
];

/** The date that wall clocks in a zone show. */
export function dateShown(at: number, timeZone: string): string {
  const part = wallClock(at, timeZone);
  return `${part['year']}-${part['month']}-${part['day']}`;
}

/** How far a zone’s wall clocks stand ahead of UTC, ms. */
export function offsetShown(at: number, timeZone: string): number {
  const part = wallClock(at, timeZone);
  const text = `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}Z`;
  return Date.parse(text) - Math.floor(at / 1000) * 1000;
}

/** The instants, ms, at which a zone’s offset changes between two years (those that lie two months or more apart). */
export function changesOf(timeZone: string, fromYear: number, toYear: number): number[] {
  const changes: number[] = [];
  const [from, to, step] = [Date.UTC(fromYear, 0), Date.UTC(toYear, 0), 60 * 24 * hour];
  let offset = offsetShown(from, timeZone);
  for (let at = from + step; at < to; at += step) {
    const now = offsetShown(at, timeZone);
    if (now !== offset) changes.push(changeBetween(at - step, at, timeZone));
    offset = now;
  }
  return changes;
}

function changeBetween(before: number, after: number, timeZone: string): number {
  const old = offsetShown(before, timeZone);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetShown(middle, timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}

function wallClock(at: number, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    const numeric = '2-digit';
    format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone,
      year: 'numeric',
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
