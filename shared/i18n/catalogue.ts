/** All catalogues, for the server. A browser loads its one by itself; nothing of this file belongs there. */
import { messages as ar } from './ar.ts';
import { messages as de } from './de.ts';
import { messages as en } from './en.ts';
import { messages as es } from './es.ts';
import { messages as fa } from './fa.ts';
import { messages as fr } from './fr.ts';
import { messages as he } from './he.ts';
import type { Messages } from './messages.ts';
import { messages as ru } from './ru.ts';
import { messages as tr } from './tr.ts';
import { messages as uk } from './uk.ts';

/** A new language is its file and its name here. */
const catalogues: readonly Messages[] = [en, ar, he, fa, uk, ru, fr, es, de, tr];

const byTag = new Map(catalogues.map((messages) => [messages.tag, messages]));

/** The languages that have a catalogue. */
export const languages: readonly string[] = catalogues.map((messages) => messages.tag);

/** The words for a language tag: `ar-PS` finds Arabic, and a language without a catalogue gets English ones. */
export function messagesFor(language: string): Messages {
  return byTag.get(language) ?? byTag.get(new Intl.Locale(language).language) ?? en;
}
