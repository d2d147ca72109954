import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';
import { placeOnDay } from './place-on-day.ts';
import { zoneOfUpdates } from './times-line.ts';
import { eventTime } from './update.ts';

/** One day with its key developments, newest first. */
export interface KeyDay {
  day: number;
  date: string;
  /** `after`: the page of a long day on which it stands; null: the first. */
  updates: readonly { update: Update; after: string | null }[];
}

export interface KeyPage {
  days: readonly KeyDay[];
  /** The day before which the next page goes on; null: there is nothing earlier. */
  before: number | null;
}

/** The key developments of a timeline, day by day, each leading to its place on the page of its day. */
export function keyMain(timeline: Timeline, { days, before }: KeyPage, context: PageContext): Html {
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.columns.key}</span></h1>
        ${zoneOfUpdates(
          days.flatMap(({ updates }) => updates.map(({ update }) => update)),
          context,
        )}
      </header>
      ${days.length === 0 && html`<p class="empty">${messages.noKeyDevelopments}</p>`}
      ${days.map((day) => keyDay(day, context))}
      ${before !== null && html`<p class="more"><a href="/${timeline.slug}/key?before=${before}">${messages.earlierDays}</a></p>`}
    </main>`;
}

function keyDay({ day, date, updates }: KeyDay, context: PageContext): Html {
  const { slug, messages, formats } = context;
  const onDay = { ...context, date };
  return html`
    <section class="keys">
      <h2><a href="/${slug}/day/${day}">${messages.day(day)}</a> <time datetime="${date}">${formats.longDate(date)}</time></h2>
      <ul>${updates.map(
        ({ update, after }) => html`
        <li><a href="${placeOnDay(update, after)}"${languageAttributes(update.language, context)}>${headlineOf(update)}</a> <span class="cite">${eventTime(update, onDay)}</span>`,
      )}</ul>
    </section>`;
}
