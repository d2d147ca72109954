import type { Messages } from '../../shared/i18n/messages.ts';

/** A browser loads the words of one language. English is what the others fall back to, as on the server. */
const catalogues: Record<string, () => Promise<{ messages: Messages }>> = {
  ar: () => import('../../shared/i18n/ar.ts'),
  de: () => import('../../shared/i18n/de.ts'),
  en: () => import('../../shared/i18n/en.ts'),
  es: () => import('../../shared/i18n/es.ts'),
  fa: () => import('../../shared/i18n/fa.ts'),
  fr: () => import('../../shared/i18n/fr.ts'),
  he: () => import('../../shared/i18n/he.ts'),
  ru: () => import('../../shared/i18n/ru.ts'),
  tr: () => import('../../shared/i18n/tr.ts'),
  uk: () => import('../../shared/i18n/uk.ts'),
};

export async function messagesFor(language: string): Promise<Messages> {
  const load = catalogues[new Intl.Locale(language).language] ?? catalogues['en'];
  if (!load) throw new Error('no English catalogue');
  return (await load()).messages;
}
