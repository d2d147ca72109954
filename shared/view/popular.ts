import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';
import { zoneOfUpdates } from './times-line.ts';
import { eventTime } from './update.ts';

/** What was read most, most read first. */
export interface PopularPage {
  day: readonly Update[];
  week: readonly Update[];
}

/** What others read: of a day and of a week, each update leading to its own page. */
export function popularMain(timeline: Timeline, { day, week }: PopularPage, context: PageContext): Html {
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.takingPart.mostRead}</span></h1>
        ${zoneOfUpdates([...day, ...week], context)}
      </header>
      ${week.length === 0 && html`<p class="empty">${messages.popular.none}</p>`}
      ${day.length > 0 && ranking(messages.popular.day, day, context)}
      ${week.length > 0 && ranking(messages.popular.week, week, context)}
    </main>`;
}

const ranking = (title: string, updates: readonly Update[], context: PageContext): Html => html`
  <section class="most-read">
    <h2>${title}</h2>
    <ol>${updates.map(
      (update) =>
        html`<li><a href="${update.url}"${languageAttributes(update.language, context)}>${headlineOf(update)}</a> <span class="cite">${eventTime(update, context)}</span>`,
    )}</ol>
  </section>`;
