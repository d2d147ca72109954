import { zoneToday } from '../zone-today.ts';

/**
 * Dates, times and numbers as a language writes them: Intl alone, the same on the server and in the browser. Two
 * conventions are ours. The calendar is always the Gregorian one (`fa` and `th` default to others), because the conflict’s
 * dates are. Digits are the language’s own by default (Persian ۱۲۴), but Latin ones in Arabic: CLDR gives ar-EG, ar-SY or
 * ar-PS Arabic-Indic digits, while newsrooms on the web, Al Jazeera and BBC Arabic among them, write 124. A tag that
 * names its digits (`ar-u-nu-arab`) gets them.
 */
export interface ZoneName {
  /** The city of the zone’s IANA name: “Gaza”, in Latin letters. */
  city: string;
  /** What the language calls the zone: “توقيت غزة”. English, French, Spanish and German have “EET” here: take `city`. */
  name: string;
  /** “GMT+2”, as it is at that instant. */
  offset: string;
}

/** What an update and a notice need: the part that browsers load. */
export interface LiveFormats {
  /** “7 February 2024” */
  date: (date: string) => string;
  /** “7 Feb”, where the year goes without saying */
  monthDay: (date: string) => string;
  /** “18:20”, in the zone */
  time: (instant: string) => string;
  /** “8 Feb 2024, 09:10”, in the zone */
  dateTime: (instant: string) => string;
  /** “2024-02-08”, the date that the instant falls on in the zone */
  localDate: (instant: string) => string;
  /** “3 minutes ago”; `now` in ms */
  relative: (instant: string, now: number) => string;
  /** “a, b and c” */
  list: (items: string[]) => string;
}

export interface Formats extends LiveFormats {
  /** The zone that they are in. */
  timeZone: string;
  /** “February 2024”, for the month of a date */
  month: (date: string) => string;
  /** “Feb”, for the month of a date */
  shortMonth: (date: string) => string;
  /** “Wednesday 7 February 2024” */
  longDate: (date: string) => string;
  number: (value: number) => string;
  zone: (instant: string) => ZoneName;
}

const kept = new Map<string, Formats>();
/** Languages and zones of timelines are few, but nobody promises it. */
const keptAtMost = 200;

/** The formats of a language (BCP 47) and an IANA zone. Kept: Intl objects take longer to make than to use. */
export function formats(language: string, timeZone: string): Formats {
  const key = `${language} ${timeZone}`;
  let found = kept.get(key);
  if (!found) {
    if (kept.size >= keptAtMost) kept.clear();
    found = makeFormats(language, timeZone);
    kept.set(key, found);
  }
  return found;
}

function localeOf(language: string): string {
  // Without a region CLDR takes English to be American, “Wednesday, February 7, 2024”; `en-US` still gets that.
  const asked = new Intl.Locale(language === 'en' ? 'en-GB' : language);
  const numberingSystem = asked.numberingSystem ?? (asked.language === 'ar' ? 'latn' : undefined);
  return new Intl.Locale(asked, { calendar: 'gregory', ...(numberingSystem && { numberingSystem }) }).toString();
}

const wholeDate = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** `formats` without what only the server writes, and made anew at each call. */
export function liveFormats(language: string, timeZone: string): LiveFormats {
  const locale = localeOf(language);
  const dates = datesOf(locale);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const date = dates(wholeDate);
  const monthDay = dates({ day: 'numeric', month: 'short' });
  const time = dates(clock);
  const dateTime = dates({ ...clock, day: 'numeric', month: 'short', year: 'numeric' });
  const plainDate = lazily(() => new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { ...numericDate, timeZone }));
  const relatives = lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const lists = lazily(() => new Intl.ListFormat(locale));
  return {
    date: (day) => date().format(Date.parse(day)),
    monthDay: (day) => monthDay().format(Date.parse(day)),
    time: (instant) => time().format(Date.parse(instant)),
    dateTime: (instant) => dateTime().format(Date.parse(instant)),
    localDate: (instant) => joinDate(plainDate().formatToParts(Date.parse(instant))),
    relative: (instant, now) => relative(relatives(), Date.parse(instant) - now),
    list: (items) => lists().format(items),
  };
}

function makeFormats(language: string, timeZone: string): Formats {
  const locale = localeOf(language);
  const dates = datesOf(locale);
  const month = dates({ month: 'long', year: 'numeric' });
  const shortMonth = dates({ month: 'short' });
  const longDate = dates({ ...wholeDate, weekday: 'long' });
  const numbers = lazily(() => new Intl.NumberFormat(locale));
  return {
    ...liveFormats(language, timeZone),
    timeZone,
    month: (day) => month().format(Date.parse(day)),
    shortMonth: (day) => shortMonth().format(Date.parse(day)),
    // Older CLDR puts a comma after the English weekday where the year follows the month; British papers don’t.
    longDate: (day) =>
      longDate()
        .format(Date.parse(day))
        .replace(/^([A-Z][a-z]+day), (?=\d)/, '$1 '),
    number: (value) => numbers().format(value),
    zone: zoneNames(locale, timeZone),
  };
}

const datesOf = (locale: string) => (options: Intl.DateTimeFormatOptions) =>
  lazily(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }));

const numericDate = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

function joinDate(parts: Intl.DateTimeFormatPart[]): string {
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** In the largest unit of which there is one, towards zero: 119 minutes are one hour. */
function relative(format: Intl.RelativeTimeFormat, ms: number): string {
  const [unit, length] = units.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1_000];
  return format.format(Math.trunc(ms / length), unit);
}

function zoneNames(locale: string, timeZone: string): (instant: string) => ZoneName {
  const called = (timeZoneName: 'shortGeneric' | 'shortOffset') => {
    const format = lazily(() => new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }));
    return (instant: string) =>
      format()
        .formatToParts(Date.parse(instant))
        .find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  };
  const [name, offset] = [called('shortGeneric'), called('shortOffset')];
  const city = cityOf(timeZone);
  return (instant) => ({ city, name: name(instant), offset: offset(instant) });
}

function cityOf(timeZone: string): string {
  // “Etc/GMT+5” means five hours behind: never show that name beside its offset.
  if (timeZone.startsWith('Etc/')) return 'UTC';
  return zoneToday(timeZone).split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
