import { dayNumber, isCalendarDate } from '../../shared/conflict-day.ts';

/** What the answer depends on: the language of the page, and the days that there are. */
export interface AskedOf {
  language: string;
  dayOne: string;
  today: { day: number; date: string };
}

/**
 * The conflict day that a reader means by what he typed: “124”, “day 124”, “124th”, “2024-02-07”, “7.2.2024” (the day
 * first), “7 Feb 2024”, “February 7”; in the page’s language or in English, in any digits of either. Without a year it is the
 * latest such date. Null: nothing that can be understood, or no day of this timeline yet.
 */
export function askedDay(text: string, { language, dayOne, today }: AskedOf): number | null {
  const words = wordsOf(text);
  const month = words.split(/[^\p{L}\p{M}\p{N}]+/u).flatMap((token) => monthCalled(token, language) ?? [])[0];
  const date = month === undefined ? writtenDate(words) : namedDate(words, month, dayOne, today.date);
  const day = date !== null ? dayNumber(dayOne, date) : month === undefined ? onlyNumber(words) : null;
  return day !== null && day >= 1 && day <= today.day ? day : null;
}

/** Arabic and Persian digits begin at these code points. */
const zeros = [0x0660, 0x06f0];

const wordsOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (zeros.findLast((zero) => zero <= code) ?? 0));
    })
    .toLowerCase()
    .trim();

function writtenDate(words: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(words);
  if (iso) return dateFrom(iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4})$/.exec(words);
  return dayFirst && dateFrom(dayFirst[3], dayFirst[2], dayFirst[1]);
}

function namedDate(words: string, month: number, dayOne: string, today: string): string | null {
  const numbers = words.match(/\d+/g) ?? [];
  const day = numbers.find((number) => number.length <= 2);
  if (!day) return null;
  const year = numbers.find((number) => number.length === 4);
  if (year) return dateFrom(year, month, day);
  const last = Number(today.slice(0, 4));
  const years = Array.from({ length: last - Number(dayOne.slice(0, 4)) + 1 }, (_, i) => last - i);
  const dates = years.map((each) => dateFrom(each, month, day));
  return dates.find((date) => date !== null && date <= today && date >= dayOne) ?? null;
}

function onlyNumber(words: string): number | null {
  const numbers = words.match(/\d+/g) ?? [];
  return numbers.length === 1 && (numbers[0]?.length ?? 0) <= 7 ? Number(numbers[0]) : null;
}

type Part = string | number | undefined;

function dateFrom(year: Part, month: Part, day: Part): string | null {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

function monthCalled(token: string, language: string): number | null {
  for (const names of [monthNames(language), monthNames('en')]) {
    // Hebrew writes its “in” onto the month: “7 בפברואר”.
    const number = names.get(token) ?? names.get(token.replace(/^ב/, ''));
    if (number !== undefined) return number;
  }
  return null;
}

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
        const name = wordsOf(part?.value ?? '').replace(/\.$/, '');
        if (/\p{L}/u.test(name)) names.set(name, month + 1);
      }
    }
  if (known.size >= knownAtMost) known.clear();
  known.set(language, names);
  return names;
}
