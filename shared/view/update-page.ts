import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { historySection, type Wording } from './history.ts';
import { type Html, html } from './html.ts';
import { placeOnDay } from './place-on-day.ts';
import { timesLine } from './times-line.ts';
import { eventTime, updateArticle } from './update.ts';

export interface UpdatePage {
  update: Update;
  /** Its public wordings, newest first. */
  wordings: readonly Wording[];
  /** The updates before and after it in the order of events, also of other days. */
  previous: Update | null;
  next: Update | null;
  /** The page of its day on which it stands; null: the first. */
  after: string | null;
  /** Its day has a summary to be led to. */
  hasSummary: boolean;
}

/** An update on a page of its own, to be linked to for good. Without a headline its first words are the page’s heading. */
export function updateMain(timeline: Timeline, page: UpdatePage, context: PageContext): Html {
  const { update, wordings } = page;
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        ${!update.headline && html`<h1 class="unseen">${headlineOf(update)}</h1>`}
      </header>
      <section id="updates" class="single">
        ${updateArticle(update, context, 'h1')}
        ${timesLine([update], [update.occurredAt], timeline.timeZone, context)}
      </section>
      ${historySection(wordings, context)}
      ${page.hasSummary && html`<p class="more"><a href="/${timeline.slug}/day/${update.day}#summary">${messages.summaryTitle(update.day, timeline.subject)}</a></p>`}
      <nav class="neighbours" aria-label="${messages.neighbours}">
        ${neighbour(page.previous, 'prev', context)}
        ${neighbour(page.next, 'next', context)}
      </nav>
      <nav aria-label="${messages.dayNavigation}"><div class="days">
        <a rel="prev" href="${placeOnDay(update, page.after)}">${messages.backToDay(update.day)}</a>
        <a class="all" href="/${timeline.slug}/days">${messages.allDays}</a>
      </div></nav>
    </main>`;
}

function neighbour(update: Update | null, rel: 'prev' | 'next', context: PageContext): Html | null {
  if (update === null) return null;
  const { messages } = context;
  const name = rel === 'prev' ? messages.previousUpdate : messages.nextUpdate;
  return html`<a rel="${rel}" href="${update.url}"><b>${name}</b> <span${languageAttributes(update.language, context)}>${headlineOf(update)}</span> <span class="fine">${eventTime(update, context)}</span></a>`;
}
