/** All catalogues, for the server. A browser loads its one by itself; nothing of this file belongs there. */
import { messages as en } from './en.ts';
import type { Messages } from './messages.ts';

/** A new language is its file and its name here. */
const catalogues: readonly Messages[] = [en];

const byTag = new Map(catalogues.map((messages) => [messages.tag, messages]));

/** Scripts that are written from right to left. */
const rightToLeft = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

/** The languages that have a catalogue. */
export const languages: readonly string[] = catalogues.map((messages) => messages.tag);

/** The words for a language tag: `ar-PS` finds Arabic, and a language without a catalogue gets English ones. */
export function messagesFor(language: string): Messages {
  return byTag.get(language) ?? byTag.get(new Intl.Locale(language).language) ?? en;
}

/** The direction of a language’s own writing, by its script: `az-Arab` and Punjabi of Pakistan (`pa-PK`) run right to left. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
