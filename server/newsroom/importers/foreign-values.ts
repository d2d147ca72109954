import { DateTime } from 'luxon';
import { limits } from '../../../shared/limits.ts';
import { cutText } from '../../../shared/text.ts';
import { languageSchema } from '../../../shared/timeline.ts';

/** Writes a time as RFC 3339 in whichever of the usual ways it was written; without an offset it is of this zone. Null: no time. */
export function instantOf(text: string | null | undefined, timeZone: string, format?: string): string | null {
  const given = (text ?? '').trim();
  if (given === '') return null;
  const zone = { zone: timeZone };
  const readings = format
    ? [DateTime.fromFormat(given, format, zone)]
    : [
        DateTime.fromISO(given, zone),
        // Without the day of the week: where it is wrong, the date is right.
        DateTime.fromRFC2822(given.replace(/^[a-z]{3,9},?\s+/i, ''), zone),
        DateTime.fromSQL(given, zone),
        DateTime.fromFormat(given, 'yyyy-MM-dd HH:mm:ss ZZZ', zone),
      ];
  return (
    readings
      .find(({ isValid }) => isValid)
      ?.toUTC()
      .toISO() ?? null
  );
}

/** Seconds or milliseconds since 1970: seconds would need 1973 to be told from milliseconds of now, so size decides. */
export function instantOfNumber(value: number): string | null {
  const time = DateTime.fromMillis(Math.abs(value) < 100_000_000_000 ? value * 1_000 : value);
  return time.isValid ? time.toUTC().toISO() : null;
}

/** Text on one line. */
export const oneLine = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

/** An address that can be a source’s, or null. */
export function webAddress(text: string | null | undefined): string | null {
  const given = (text ?? '').trim();
  if (!/^https?:\/\/./i.test(given) || given.length > limits.urlCharacters) return null;
  return URL.canParse(given) ? given : null;
}

/** The one source of a row, where there is a name or an address. */
export function sourcesOf(name: string | null | undefined, url: string | null | undefined): object[] {
  const source = { name: shortText(name), url: webAddress(url) };
  return source.name !== null || source.url !== null ? [source] : [];
}

/** A text as short as names are, or null where there is none. */
export const shortText = (text: string | null | undefined): string | null =>
  cutText(oneLine(text), limits.shortTextCharacters) || null;

/** What a row is known by: too long a name of the source is replaced by nothing, and the content counts. */
export function externalIdOf(text: string | null | undefined): string | null {
  const id = (text ?? '').trim();
  return id !== '' && id.length <= limits.shortTextCharacters ? id : null;
}

export const tagsOf = (texts: readonly string[]): string[] => [
  ...new Set(
    texts
      .map(oneLine)
      .filter((text) => text !== '' && text.length <= limits.tagCharacters)
      .slice(0, limits.tags),
  ),
];

/** A language tag, or null where it is none. */
export function languageOf(text: string | null | undefined): string | null {
  const parsed = languageSchema.safeParse((text ?? '').trim().replaceAll('_', '-'));
  return parsed.success && parsed.data !== '' ? parsed.data : null;
}
