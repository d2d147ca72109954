import type { DayEntry } from '../day.ts';
import { grouped } from '../group.ts';
import type { Timeline } from '../timeline.ts';
import { askedDayForm } from './asked-day.ts';
import { calendar } from './calendar.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/**
 * All days that have something: an overview to point at, a field to type a day into, and the list, newest first, a table body
 * for each month. `notFound`: what a reader typed and is no day of this timeline.
 */
export function daysMain(
  timeline: Timeline,
  entries: readonly DayEntry[],
  notFound: string | null,
  context: PageContext,
): Html {
  const { messages, formats } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.allDays}</span></h1>
        <p class="state">${messages.dayOneWas(formats.date(timeline.dayOne))}</p>
      </header>
      ${askedDayForm(timeline, notFound, context)}
      ${
        entries.length > 0
          ? html`${calendar(timeline, entries, context)}${table(entries, context)}`
          : html`<p class="empty">${messages.emptyTimeline}</p>`
      }
    </main>`;
}

function table(entries: readonly DayEntry[], context: PageContext): Html {
  const { columns } = context.messages;
  return html`
    <table class="list">
      <thead><tr><th scope="col">${columns.day}<th scope="col">${columns.date}<th scope="col">${columns.updates}<th scope="col">${columns.key}<th scope="col">${columns.summary}</thead>
      ${[...grouped(entries, ({ date }) => date.slice(0, 7)).values()].map(
        (days) => html`
        <tbody>
          <tr><th scope="rowgroup" colspan="5">${days[0] && context.formats.month(days[0].date)}
          ${days.map((entry) => dayRow(entry, context))}
        </tbody>`,
      )}
    </table>`;
}

function dayRow({ day, date, updates, key, hasSummary }: DayEntry, { slug, messages, formats }: PageContext): Html {
  return html`
    <tr>
      <th scope="row"><a href="/${slug}/day/${day}">${messages.day(day)}</a>
      <td>${formats.longDate(date)}
      <td>${formats.number(updates)}
      <td>${key > 0 && formats.number(key)}
      <td>${hasSummary && messages.hasSummary}`;
}
