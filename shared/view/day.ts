import { compareUpdates, type DayView } from '../day.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import type { PageContext } from './context.ts';
import { dayHeader, dayNavigation } from './day-header.ts';
import { type Html, html } from './html.ts';
import { summarySection } from './summary.ts';
import { timesLine } from './times-line.ts';
import { eventTime, updateArticle } from './update.ts';

export interface DayPage {
  timeline: Timeline;
  view: DayView;
  /** Asked for as “the latest day”: nothing lies between it and today. */
  latest: boolean;
  /** It shows what follows the first updates of a long day. */
  continued: boolean;
}

type Ordered = Pick<Update, 'pinned' | 'id' | 'occurredAt' | 'publishedAt'>;

/** The order on a page: what editors pinned stands first, else as everywhere. */
export function compareOnPage(a: Ordered, b: Ordered): number {
  return Number(b.pinned) - Number(a.pinned) || compareUpdates(a, b);
}

/** Everything between the site’s header and footer of a day’s page. */
export function dayMain({ timeline, view, latest, continued }: DayPage, context: PageContext): Html {
  const { messages } = context;
  const updates = [...view.updates].sort(compareOnPage);
  const times = new Map(updates.map((update) => [update.id, eventTime(update, context)]));
  const empty = view.previous === null && view.next === null ? messages.emptyTimeline : messages.emptyDay;
  return html`
    <main>
      ${dayHeader(timeline, view, latest, context)}
      <nav aria-label="${messages.dayNavigation}">${dayNavigation(view, context)}</nav>
      ${!continued && view.summary && summarySection(view.summary, (id) => times.get(id) ?? null, context)}
      <section id="updates" aria-labelledby="updates-title">
        <header><h2 id="updates-title">${messages.updatesHeading}</h2>${timesLine(view.updates, context.bounds, timeline.timeZone, context)}</header>
        ${updates.length === 0 && html`<p class="empty">${empty}</p>`}
        ${updates.map((update) => updateArticle(update, context))}
      </section>
      ${view.more && html`<p class="more"><a href="/${view.timeline}/day/${view.day}?after=${view.more}">${messages.olderUpdates}</a></p>`}
      ${updates.length > 0 && dayNavigation(view, context)}
    </main>`;
}
