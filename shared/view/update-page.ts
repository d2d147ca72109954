import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';
import { updateArticle } from './update.ts';

/** An update on a page of its own, to be linked to for good. Without a headline its first words are the page’s heading. */
export function updateMain(timeline: Timeline, update: Update, context: PageContext): Html {
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        ${!update.headline && html`<h1 class="unseen">${headlineOf(update)}</h1>`}
      </header>
      <section id="updates" class="single">${updateArticle(update, context, 'h1')}</section>
      <nav aria-label="${messages.dayNavigation}"><div class="days">
        <a rel="prev" href="/${timeline.slug}/day/${update.day}#u-${update.id}">${messages.backToDay(update.day)}</a>
        <a class="all" href="/${timeline.slug}/days">${messages.allDays}</a>
      </div></nav>
    </main>`;
}
