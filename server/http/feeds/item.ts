import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { directionOf } from '../../../shared/i18n/direction.ts';
import { formats } from '../../../shared/i18n/format.ts';
import type { Summary } from '../../../shared/summary.ts';
import { headlineOf, plainText } from '../../../shared/text.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { commaOf, moment, type PageContext } from '../../../shared/view/context.ts';
import { escapeHtml, type Html, html, trustedHtml } from '../../../shared/view/html.ts';
import { eventTime } from '../../../shared/view/update.ts';
import type { FeedItem } from './feed.ts';

/** An update as an entry: its text, and all that a reader needs to judge it, for feeds are read away from the page. */
export function updateItem(update: Update, timeline: Timeline, origin: string): FeedItem {
  const context = contextOf(timeline);
  const url = origin + update.url;
  const headline = headlineOf(update);
  const { retraction, publishedAt, revisedAt, verification, key, revision, date, day, occurredAt } = update;
  const title = retraction ? `${context.messages.retracted(moment(retraction.at, context))}: ${headline}` : headline;
  const body = trustedHtml(absoluteLinks(update.body, url));
  const content = html`
    ${notes(update, context).map(({ title, text }) => html`<p><strong>${title}</strong> ${text}</p>`)}
    ${retraction ? html`<del>${body}</del>` : body}
    ${pictures(update, origin)}
    <p><small>${details(update, context)}</small></p>`;
  return {
    id: url,
    url,
    title,
    text: shorten([...notes(update, context).map(({ title, text }) => `${title} ${text}`), plainText(update.body)]),
    html: inLanguage(update.language, content).text,
    language: update.language,
    published: publishedAt ?? occurredAt,
    updated: revisedAt ?? publishedAt ?? occurredAt,
    author: update.byline,
    tags: update.tags,
    about: { id: update.id, day, date, occurred_at: occurredAt, key, verification, revision, status: update.status },
  };
}

/** A day’s summary as an entry. `began`: the first instant of the day; `updated`: of the summary, or of what it is made of. */
export function summaryItem(
  summary: Summary,
  timeline: Timeline,
  { origin, began, updated }: { origin: string; began: string; updated: string },
): FeedItem {
  const { messages } = contextOf(timeline);
  const { day, date, sections, automatic, revision } = summary;
  const url = `${origin}/${timeline.slug}/day/${day}#summary`;
  const cited = (id: string) => html` <a href="${origin}/${timeline.slug}/updates/${id}">${messages.seeUpdate}</a>`;
  const content = html`
    ${sections.map(
      ({ heading, points }) => html`
      ${heading && html`<h3>${heading}</h3>`}
      <ul>${points.map(({ text, updates }) => html`<li>${text}${updates.map(cited)}</li>`)}</ul>`,
    )}
    ${automatic && html`<p><small>${messages.automatic}</small></p>`}`;
  return {
    id: url,
    url,
    title: summary.title,
    text: shorten(sections.flatMap(({ points }) => points.map(({ text }) => text))),
    html: inLanguage(timeline.language, content).text,
    language: timeline.language,
    published: began,
    updated: updated < began ? began : updated,
    author: null,
    tags: [],
    about: { day, date, automatic, revision },
  };
}

function contextOf({ slug, language, timeZone }: Timeline): PageContext {
  return {
    slug,
    language,
    date: null,
    bounds: [],
    messages: messagesFor(language),
    formats: formats(language, timeZone),
  };
}

const inLanguage = (language: string, content: Html): Html =>
  html`<div lang="${language}" dir="${directionOf(language)}">${content}</div>`;

function notes({ retraction, correction }: Update, context: PageContext): { title: string; text: string }[] {
  const { messages } = context;
  return [
    ...(retraction ? [{ title: messages.retracted(moment(retraction.at, context)), text: retraction.reason }] : []),
    ...(correction ? [{ title: messages.corrected(moment(correction.at, context)), text: correction.note }] : []),
  ];
}

/** When it happened, how sure it is, and who says so. */
function details(update: Update, context: PageContext): Html[] {
  const { messages } = context;
  const { verification, attribution, sources, byline, place } = update;
  const comma = commaOf(context.language);
  const linked = sources.map(({ name, url }, at) => {
    const shown = name ?? (url === null ? '' : new URL(url).hostname);
    return html`${at > 0 && comma}${url ? html`<a href="${url}">${shown}</a>` : shown}`;
  });
  const parts = [
    eventTime(update, context),
    messages.verification[verification],
    attribution,
    sources.length > 0 && html`${messages.sources(sources.length)}: ${linked}`,
    byline && messages.byline(byline),
    place?.name,
  ];
  return parts.filter(Boolean).map((part, at) => html`${at > 0 && ' · '}${part}`);
}

/** The largest form of each picture; readers of feeds have no `srcset` to choose by. */
function pictures({ images }: Update, origin: string): Html[] {
  return images.map(({ alt, caption, credit, variants, width, height }) => {
    const [largest] = [...variants].sort((a, b) => b.width - a.width);
    const words = [caption, credit].filter((part) => part !== null && part !== '').join(' · ');
    const picture =
      largest &&
      html`<img src="${new URL(largest.url, origin).href}" alt="${alt}" width="${width}" height="${height}">`;
    return html`<figure>${picture}${words && html`<figcaption>${words}</figcaption>`}</figure>`;
  });
}

/** In a feed there is no page that a relative address could be relative to. */
function absoluteLinks(body: string, base: string): string {
  return body.replace(/ href="([^"]*)"/g, (whole, address: string) => {
    if (/^(https?|mailto):/i.test(address)) return whole;
    const target = address.replaceAll('&amp;', '&');
    return URL.canParse(target, base) ? ` href="${escapeHtml(new URL(target, base).href)}"` : '';
  });
}

const mostCharacters = 400;

function shorten(texts: readonly string[]): string {
  const text = texts.filter((part) => part !== '').join(' · ');
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1).trimEnd()}…` : text;
}
