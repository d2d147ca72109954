import { directionOf } from '../i18n/direction.ts';
import type { Formats, LiveFormats } from '../i18n/format.ts';
import type { LiveMessages, Messages } from '../i18n/messages.ts';
import { type Html, html } from './html.ts';

/** What components need besides their data, wherever they are rendered: on the server, or on the open page. */
export interface ViewContext {
  slug: string;
  /** The timeline’s language: that of the page. */
  language: string;
  messages: LiveMessages;
  formats: LiveFormats;
  /** The date of the page’s day. Moments of other dates are written with their date; where it is null, all of them. */
  date: string | null;
  /** The reader saves data: images are fetched when they are asked for. */
  saving?: boolean;
  /** Address of a small picture that the page has anyway. */
  icon?: string;
}

/** The same for what only the server renders. */
export interface PageContext extends ViewContext {
  /** The first and the last instant of the page’s day; none: the page is not of a day. */
  bounds: readonly string[];
  messages: Messages;
  formats: Formats;
}

/** An instant as it is written on a page: its time alone on the page’s own day. */
export function moment(instant: string, { formats, date }: ViewContext): string {
  return formats.localDate(instant) === date ? formats.time(instant) : formats.dateTime(instant);
}

/** ` lang="…" dir="…"` for text in another language than the page’s; nothing where they are the same. */
export function languageAttributes(language: string, context: ViewContext): Html | null {
  return language === context.language ? null : html` lang="${language}" dir="${directionOf(language)}"`;
}

/** The comma between things in a row: languages in Arabic script have their own. */
export function commaOf(language: string): string {
  return /^(ar|ckb|fa|ps|sd|ug|ur)\b/.test(language) ? '، ' : ', ';
}
