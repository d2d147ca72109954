import { liveFormats } from '../../shared/i18n/format.ts';
import { escapeHtml } from '../../shared/view/html.ts';
import { allCopies, type Copy } from './copies.ts';

/**
 * What the worker has to say, in the reader’s language, is written by the server: the page that stands in for one that can’t
 * be had (`/offline?lang=`), which carries the words for the date of a copy too. So no catalogue goes into the worker.
 */
const shells = 'daymark-shells';
const freshMs = 86_400_000;

const addressIn = (language: string): string => `/offline?lang=${encodeURIComponent(language)}`;

/** Has it at hand in a language, no older than a day: a new release may say it otherwise. */
export async function keepShell(language: string): Promise<void> {
  const cache = await caches.open(shells);
  const kept = await cache.match(addressIn(language));
  if (Date.now() - Date.parse(kept?.headers.get('Date') ?? '') < freshMs) return;
  const response = await fetch(addressIn(language));
  if (response.ok) await cache.put(addressIn(language), response);
}

/** That of a language; else that which came last. */
async function shellIn(language: string): Promise<Response | undefined> {
  const cache = await caches.open(shells);
  const last = (await cache.keys()).at(-1);
  return (await cache.match(addressIn(language))) ?? (last && cache.match(last));
}

const attributeOf = (html: string, name: string): string =>
  new RegExp(`<html[^>]* ${name}="([^"]*)"`).exec(html)?.[1] ?? '';
const languageOf = (html: string): string => attributeOf(html, 'lang') || 'en';

export const positionOf = (html: string): string => attributeOf(html, 'data-position');

/** “Copy of 7 Feb 2024, 14:02”, by the reader’s own clock. `phrase` has `*` for the time. */
function dated(phrase: string, at: number, language: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return phrase.replace('*', escapeHtml(liveFormats(language, zone).dateTime(new Date(at).toISOString())));
}

/** A copy as it is shown: it says that it is one, and of when, also where no script runs. */
export async function shownCopy({ at, response }: Copy): Promise<Response> {
  const html = await response.text();
  const language = languageOf(html);
  const shell = await shellIn(language);
  const words = dated(attributeOf((await shell?.text()) ?? '', 'data-copy-of') || '*', at, language);
  const sign = `<p class="connection" data-connection="offline">${words}</p>`;
  const marked = html.replace('<html', `<html data-copy="${words}"`);
  const waiting = '<p class="connection" data-connection="catching-up"></p>';
  // A day as bare text has no header.
  const place = [waiting, '</header>', '<h1>'].find((text) => marked.includes(text)) ?? '';
  const body = marked.replace(place, sign + (place === waiting ? '' : place));
  return new Response(body, { headers: response.headers });
}

/** What stands in for a page of which there is no copy: those that there are. */
export async function standIn(): Promise<Response> {
  const copies = await allCopies();
  const newest = await copies[0]?.response.clone().text();
  const shell = await shellIn(languageOf(newest ?? ''));
  if (!shell) return Response.error();
  const html = await shell.text();
  const entries = await entriesOf(copies, html);
  const body =
    entries.length === 0
      ? html.replace(/<section class="kept">.*?<\/section>/s, '')
      : html.replace('<ul></ul>', `<ul>${entries.join('')}</ul>`);
  return new Response(body, { status: 503, headers: shell.headers });
}

/** Two addresses may name one day: it stands there once, as it was last. */
async function entriesOf(copies: readonly Copy[], shell: string): Promise<string[]> {
  const entries = new Map<string, string>();
  for (const copy of copies) {
    const html = await copy.response.text();
    const title = /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? copy.address;
    if (!entries.has(title)) entries.set(title, entry(copy, title, html, shell));
  }
  return [...entries.values()];
}

function entry({ address, at }: Copy, title: string, html: string, shell: string): string {
  const language = languageOf(html);
  const words = dated(attributeOf(shell, 'data-copy-of'), at, languageOf(shell));
  const direction = attributeOf(html, 'dir');
  return `<li><a href="${escapeHtml(address)}" lang="${language}" dir="${direction}">${title}</a> <small>${words}</small></li>`;
}
