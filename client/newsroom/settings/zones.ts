import { zoneToday } from '../../../shared/zone-today.ts';

/** Every zone that this browser knows, by the name that it has today; others may be typed. */
export const zones: readonly string[] = Intl.supportedValuesOf('timeZone').map(zoneToday);

/** The date that it is in a zone; null where there is no such zone. */
export function dateIn(timeZone: string, now: number): string | null {
  try {
    const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    return parts.format(now);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The languages that readers’ pages speak; any other tag gets English words. */
export const languages: readonly { value: string; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ar', label: 'العربية' },
  { value: 'he', label: 'עברית' },
  { value: 'fa', label: 'فارسی' },
  { value: 'uk', label: 'Українська' },
  { value: 'ru', label: 'Русский' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'de', label: 'Deutsch' },
  { value: 'tr', label: 'Türkçe' },
];

/** What a title suggests as its address: Latin letters and digits, nothing where it has none. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\b(the|of|in|on|a)\b/g, ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
}
