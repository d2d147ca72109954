import { isKeyDevelopment } from '../day.ts';
import type { Update } from '../update.ts';
import { commaOf, languageAttributes, moment, type ViewContext } from './context.ts';
import { type Html, html, trustedHtml } from './html.ts';
import { figures } from './images.ts';

/** How far the publication may lie behind the event before the page says so. */
const promptMs = 15 * 60_000;

/**
 * When an update was published, as its article says it: within a quarter of an hour the event’s time stands for both. What programs
 * are told is the same, so that it never differs from what is seen.
 */
export function publicationShown({ precision, occurredAt, publishedAt }: Update): string | null {
  if (publishedAt === null || precision !== 'minute') return publishedAt;
  const behindMs = Date.parse(publishedAt) - Date.parse(occurredAt);
  return behindMs >= 0 && behindMs <= promptMs ? occurredAt : publishedAt;
}

/** `h1` where the update is what the page is about. */
export type Heading = 'h1' | 'h3';

/**
 * One update. The same function writes it into the first page and into the open one, so it depends on its arguments
 * alone. A day may have hundreds of them: class names are one word, and `</li>` goes without saying.
 */
export function updateArticle(update: Update, context: ViewContext, heading: Heading = 'h3'): Html {
  const text = [headline(update, context, heading), body(update, context)];
  return html`
    <article id="u-${update.id}"${classes(update)}>
      ${when(update, context, heading)}
      ${marks(update, context)}
      ${retraction(update, context)}
      ${update.status === 'retracted' ? html`<del>${text}</del>` : text}
      ${figures(update, context, heading === 'h1')}
      ${correction(update, context)}
      ${details(update, context)}
    </article>`;
}

/** When it happened, and the way to its own page. Without a headline it is what the update is headed by. */
function when(update: Update, context: ViewContext, heading: Heading): Html {
  const link = html`<a class="when" href="${update.url}" title="${context.messages.permalink}">
        <time datetime="${update.occurredAt}">${eventTime(update, context)}</time>
      </a>`;
  return update.headline || heading === 'h1' ? link : html`<h3 class="at">${link}</h3>`;
}

function classes(update: Update): Html | null {
  const names = [
    isKeyDevelopment(update) && 'key',
    update.pinned && 'pinned',
    update.status === 'retracted' && 'retracted',
  ];
  const given = names.filter((name) => name !== false);
  return given.length > 0 ? html` class="${given.join(' ')}"` : null;
}

/** When it happened, in the page’s zone and no more exact than it is known; with the date where the page has another. */
export function eventTime(update: Update, context: ViewContext): string {
  const { formats } = context;
  const time = clockTime(update, context);
  // Elsewhere than in the conflict’s zone an hour may fall on another date; “overnight” and whole days stay where they are.
  const isExact = update.timeLabel === null && update.precision !== 'day';
  const date = isExact ? formats.localDate(update.occurredAt) : update.date;
  if (date === context.date) return time ?? formats.monthDay(date);
  if (time === null) return formats.date(date);
  // A label that stands alone begins with a capital.
  const label =
    update.timeLabel !== 'overnight' ? time : time.charAt(0).toLocaleLowerCase(context.language) + time.slice(1);
  return formats.date(date) + commaOf(context.language) + label;
}

function clockTime({ timeLabel, precision, occurredAt }: Update, { messages, formats }: ViewContext): string | null {
  if (timeLabel !== null) return timeLabel === 'overnight' ? messages.overnight : timeLabel;
  if (precision === 'day') return null;
  const time = formats.time(occurredAt);
  return precision === 'hour' ? messages.around(time) : time;
}

function marks(update: Update, { messages }: ViewContext): Html | null {
  const words = [update.pinned && messages.pinned, isKeyDevelopment(update) && messages.keyDevelopment];
  const given = words.filter((word) => word !== false);
  return given.length > 0 ? html`<p class="mark">${given.join(' · ')}</p>` : null;
}

function headline(update: Update, context: ViewContext, heading: Heading): Html | null {
  if (!update.headline) return null;
  const language = languageAttributes(update.language, context);
  return heading === 'h1' ? html`<h1${language}>${update.headline}</h1>` : html`<h3${language}>${update.headline}</h3>`;
}

function body(update: Update, context: ViewContext): Html | null {
  if (!update.body) return null;
  return html`<div class="body"${languageAttributes(update.language, context)}>${trustedHtml(update.body)}</div>`;
}

function retraction({ retraction }: Update, context: ViewContext): Html | null {
  return (
    retraction && note(retraction.at, context.messages.retracted(moment(retraction.at, context)), retraction.reason)
  );
}

function correction({ correction }: Update, context: ViewContext): Html | null {
  return correction && note(correction.at, context.messages.corrected(moment(correction.at, context)), correction.note);
}

function note(at: string, title: string, text: string): Html {
  return html`<p class="note"><b>${timed(at, title)}</b> <bdi>${text}</bdi></p>`;
}

/** Words that name an instant, for programs too. */
const timed = (at: string, words: string): Html => html`<time datetime="${at}">${words}</time>`;

/** Where it comes from and how sure it is: what a reader needs to judge the text above. */
function details(update: Update, context: ViewContext): Html {
  const { messages } = context;
  const { timeline, verification, sources, tags } = update;
  const comma = commaOf(context.language);
  return html`
    <ul class="meta">
      <li${verification !== 'reported' && html` class="${verification}"`}>${messages.verification[verification]}
      ${item(update.attribution)}
      ${sources.length > 0 && html`<li>${messages.sources(sources.length)}: ${sources.map((source, index) => html`${index > 0 && comma}${sourceLink(source)}`)}`}
      ${item(update.byline && messages.byline(update.byline))}
      ${item(place(update))}
      ${published(update, context).map(item)}
      ${tags.length > 0 && html`<li>${tags.map((tag, index) => html`${index > 0 && comma}${tagLink(timeline, tag)}`)}`}
    </ul>`;
}

/** Leads to all that has the topic. */
const tagLink = (timeline: string, tag: string): Html =>
  html`<a href="/${timeline}/search?tag=${encodeURIComponent(tag)}">${tag}</a>`;

const item = (text: Html | string | null | undefined): Html | null => (text ? html`<li>${text}` : null);

/** Leads to it on the map of the day; what was retracted is not on it. */
function place({ id, timeline, day, place, status }: Update): Html | null {
  if (place === null) return null;
  return status === 'published'
    ? html`<a href="/${timeline}/day/${day}/map#p-${id}">${place.name}</a>`
    : html`${place.name}`;
}

function sourceLink({ name, url }: Update['sources'][number]): Html {
  const host = /^https?:\/\/(?:[^/@]*@)?(?:www\.)?([^/:?#]+)/i.exec(url ?? '')?.[1];
  return url && host ? html`<a href="${url}">${name ?? host}</a>` : html`${name}`;
}

/** “posted …” where the time of the event doesn’t say it, “updated …” after a plain revision. */
function published(update: Update, context: ViewContext): Html[] {
  const { messages } = context;
  const { occurredAt, revisedAt, correction, retraction } = update;
  const shown = publicationShown(update);
  const plain = revisedAt !== null && revisedAt !== correction?.at && revisedAt !== retraction?.at;
  return [
    ...(shown !== null && shown !== occurredAt ? [timed(shown, messages.posted(moment(shown, context)))] : []),
    ...(plain ? [timed(revisedAt, messages.updated(moment(revisedAt, context)))] : []),
  ];
}
