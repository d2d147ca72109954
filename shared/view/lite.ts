import { type DayView, isKeyDevelopment } from '../day.ts';
import { directionOf } from '../i18n/direction.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, moment, type PageContext } from './context.ts';
import { compareOnPage } from './day.ts';
import { type Html, html, trustedHtml } from './html.ts';
import { siteName } from './layout.ts';
import { zoneWords } from './times-line.ts';
import { eventTime } from './update.ts';

/** A day as a document of its own that is little more than its text: no style, no script, no pictures. */
export function liteDay(
  timeline: Timeline,
  view: DayView,
  canonical: string,
  icon: string,
  context: PageContext,
): string {
  const { messages, formats, language } = context;
  const title = messages.dayOf(view.day, timeline.subject);
  const updates = [...view.updates].sort(compareOnPage);
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}" data-position="${view.position}">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>${title} · ${siteName}</title>
    <link rel="canonical" href="${canonical}">
    <link rel="icon" href="${icon}">
    <main><p><a href="/${timeline.slug}/day/${view.day}">${timeline.title}</a>
    <h1>${messages.day(view.day)} · ${formats.longDate(view.date)}</h1>
    ${view.summary && summary(view.summary.title, view.summary.sections)}
    <p>${zoneWords(context.bounds, context)}
    ${updates.length === 0 && html`<p>${messages.emptyDay}`}
    ${updates.map((update) => liteUpdate(update, context))}
    ${view.more && html`<p><a href="?lite&amp;after=${view.more}">${messages.olderUpdates}</a>`}
    <p>${[view.previous, view.next].map((day) => day !== null && html`<a href="/${timeline.slug}/day/${day}?lite">${messages.day(day)}</a> `)}`
    .text;
}

function summary(
  title: string,
  sections: readonly { heading: string | null; points: readonly { text: string }[] }[],
): Html {
  return html`<section dir="auto"><h2>${title}</h2>${sections.map(
    ({ heading, points }) =>
      html`${heading && html`<h3>${heading}</h3>`}<ul>${points.map(({ text }) => html`<li>${text}`)}</ul>`,
  )}</section>`;
}

function liteUpdate(update: Update, context: PageContext): Html {
  const { messages } = context;
  const { correction, retraction } = update;
  const text = html`${update.headline && html`<h2>${update.headline}</h2>`}${trustedHtml(update.body)}`;
  const standing = [
    isKeyDevelopment(update) && messages.keyDevelopment,
    update.verification !== 'reported' && messages.verification[update.verification],
    update.attribution,
  ].filter(Boolean);
  return html`<hr><div id="u-${update.id}"${languageAttributes(update.language, context)}><time datetime="${update.occurredAt}">${eventTime(update, context)}</time>${standing.map((each) => html` · ${each}`)}${
    retraction
      ? html`${note(messages.retracted(moment(retraction.at, context)), retraction.reason)}<del>${text}</del>`
      : text
  }${correction && note(messages.corrected(moment(correction.at, context)), correction.note)}</div>`;
}

/** Closed: what follows in a paragraph left open, such as a `del`, would be a part of it. */
const note = (what: string, text: string): Html => html`<p><b>${what}</b> <bdi>${text}</bdi></p>`;
