import type { LiveMessages } from '../../shared/i18n/messages.ts';

/** A browser loads the words of one language. English is what the others fall back to, as on the server. */
const catalogues: Record<string, () => Promise<LiveMessages>> = {
  ar: async () => (await import('../../shared/i18n/ar.ts')).live,
  de: async () => (await import('../../shared/i18n/de.ts')).live,
  en: async () => (await import('../../shared/i18n/en.ts')).live,
  es: async () => (await import('../../shared/i18n/es.ts')).live,
  fa: async () => (await import('../../shared/i18n/fa.ts')).live,
  fr: async () => (await import('../../shared/i18n/fr.ts')).live,
  he: async () => (await import('../../shared/i18n/he.ts')).live,
  ru: async () => (await import('../../shared/i18n/ru.ts')).live,
  tr: async () => (await import('../../shared/i18n/tr.ts')).live,
  uk: async () => (await import('../../shared/i18n/uk.ts')).live,
};

/** Which of them has the words of a language. */
export function catalogueFor(language: string): string {
  const wanted = new Intl.Locale(language).language;
  return Object.hasOwn(catalogues, wanted) ? wanted : 'en';
}

export function messagesFor(language: string): Promise<LiveMessages> {
  const load = catalogues[catalogueFor(language)];
  if (!load) throw new Error('no English catalogue');
  return load();
}
