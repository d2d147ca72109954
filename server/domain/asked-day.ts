import { dayNumber, isCalendarDate } from '../../shared/conflict-day.ts';
import { languages } from '../../shared/i18n/catalogue.ts';
import { fold } from '../../shared/search/fold.ts';

/** What the answer depends on: the language of the timeline, and the days that there are. */
export interface AskedOf {
  language: string;
  dayOne: string;
  today: { day: number; date: string };
}

/**
 * The conflict day that a reader means by what he typed: “124”, “day 124”, “124th”, “2024-02-07”, “7.2.2024” (the day
 * first), “7 Feb 2024”, “February 7”; with months of the timeline’s language or of any that the pages speak, in any digits of those.
 * Without a year it is the latest such date. Null: nothing that can be understood, or no day of this timeline yet.
 */
export function askedDay(text: string, { language, dayOne, today }: AskedOf): number | null {
  const words = fold(text.normalize('NFKC')).trim();
  const month = monthIn(words, language);
  const date = month === null ? writtenDate(words) : namedDate(words, month, dayOne, today.date);
  const day = date !== null ? dayNumber(dayOne, date) : month === null ? onlyNumber(words) : null;
  return day !== null && day >= 1 && day <= today.day ? day : null;
}

function writtenDate(words: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return dateFrom(iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4})$/.exec(words);
  return dayFirst && dateFrom(dayFirst[3], dayFirst[2], dayFirst[1]);
}

function namedDate(words: string, month: number, dayOne: string, today: string): string | null {
  const numbers = words.match(/\d+/g) ?? [];
  const [day, short] = numbers.filter((number) => number.length <= 2);
  if (!day) return null;
  const year = numbers.find((number) => number.length === 4);
  if (year) return dateFrom(year, month, day);
  const [first, last] = [dayOne, today].map((date) => Number(date.slice(0, 4))) as [number, number];
  const years = Array.from({ length: last - first + 1 }, (_, i) => last - i);
  // “7 Feb 24” means the latest year that ends so.
  const meant = short === undefined ? years : years.filter((each) => each % 100 === Number(short));
  const dates = meant.map((each) => dateFrom(each, month, day));
  return dates.find((date) => date !== null && date <= today && date >= dayOne) ?? null;
}

function onlyNumber(words: string): number | null {
  // A minus is no part of a day’s number, but who writes one means no day; groups of thousands are one number.
  const numbers = words.replace(/(?<=\d)[.,’\u066c](?=\d{3}(?!\d))/g, '').match(/\d+/g) ?? [];
  return numbers.length === 1 && (numbers[0]?.length ?? 0) <= 7 && !/^[-\u2212]/.test(words)
    ? Number(numbers[0])
    : null;
}

type Part = string | number | undefined;

function dateFrom(year: Part, month: Part, day: Part): string | null {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

function monthIn(words: string, language: string): number | null {
  const tokens = words.split(/[^\p{L}\p{M}\p{N}]+/u);
  // Some have names of two words: “كانون الثاني”. Hebrew writes its “in” onto the month: “7 בפברואר”.
  const called = tokens.flatMap((token, at) => [`${token} ${tokens[at + 1]}`, token, token.replace(/^ב/, '')]);
  for (const names of [language, ...languages, ...regions].map(monthNames)) {
    const name = called.find((each) => names.has(each));
    if (name !== undefined) return names.get(name) ?? null;
  }
  return null;
}

/** Where a language names the months in several ways: the Levant and Iraq, Afghanistan, and “Sept”. */
const regions = ['ar-SY', 'fa-AF', 'en-GB'];
const known = new Map<string, Map<string, number>>();
/** Languages of timelines are few, but nobody promises it. */
const knownAtMost = 100;

/** What a language calls the months, long and short, alone and within a date (many languages bend them there). */
function monthNames(language: string): Map<string, number> {
  const found = known.get(language);
  if (found) return found;
  const names = new Map<string, number>();
  for (const options of [{ month: 'long' }, { month: 'short' }] as const)
    for (const more of [{}, { day: 'numeric', year: 'numeric' }] as const) {
      const tag = new Intl.Locale(language, { calendar: 'gregory' }).toString();
      const format = new Intl.DateTimeFormat(tag, { ...options, ...more, timeZone: 'UTC' });
      for (let month = 0; month < 12; month++) {
        const part = format.formatToParts(Date.UTC(2024, month, 7)).find(({ type }) => type === 'month');
        const name = fold((part?.value ?? '').normalize('NFKC')).replace(/[^\p{L}\p{M}]+$/u, '');
        if (name !== '') names.set(name, month + 1);
      }
    }
  if (known.size >= knownAtMost) known.clear();
  known.set(language, names);
  return names;
}
