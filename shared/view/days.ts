import type { DayEntry } from '../day.ts';
import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** The list of all days that have something, newest first, a table body for each month. */
export function daysMain(timeline: Timeline, entries: readonly DayEntry[], context: PageContext): Html {
  const { messages, formats } = context;
  const { columns } = messages;
  const table = html`
    <table class="list">
      <thead><tr><th scope="col">${columns.day}<th scope="col">${columns.date}<th scope="col">${columns.updates}<th scope="col">${columns.key}<th scope="col">${columns.summary}</thead>
      ${byMonth(entries).map(
        (days) => html`
        <tbody>
          <tr><th scope="rowgroup" colspan="5">${days[0] && formats.month(days[0].date)}
          ${days.map((entry) => dayRow(entry, context))}
        </tbody>`,
      )}
    </table>`;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.allDays}</span></h1>
        <p class="state">${messages.dayOneWas(formats.date(timeline.dayOne))}</p>
      </header>
      ${entries.length > 0 ? table : html`<p class="empty">${messages.emptyTimeline}</p>`}
    </main>`;
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

function byMonth(entries: readonly DayEntry[]): DayEntry[][] {
  const months = new Map<string, DayEntry[]>();
  for (const entry of entries) {
    const month = entry.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months.values()];
}
