import { dayNumber } from '../conflict-day.ts';
import type { DayEntry } from '../day.ts';
import { grouped } from '../group.ts';
import { directionOf } from '../i18n/direction.ts';
import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** Size of a day’s cell and of the column of month names, in the drawing’s own units. */
const cell = 20;
const monthColumn = 52;
const width = monthColumn + 31 * cell;
/** How many shades days are told apart by. */
const shades = 4;

/**
 * All days of a timeline as a heat map, a row for each month: how much happened, where key developments are, which days
 * editors have summed up. Years without anything are left out. It is an overview to point at; the list of days says the same to those who can’t see it, so it is
 * hidden from them and from the keyboard.
 */
export function calendar(timeline: Timeline, entries: readonly DayEntry[], context: PageContext): Html {
  const shadeOf = shading(entries.map(({ updates }) => updates));
  const byMonth = grouped(entries, ({ date }) => date.slice(0, 7));
  const withEntries = new Set(entries.map(({ date }) => date.slice(0, 4)));
  const months = monthsBetween(timeline.dayOne, timeline.today.date).filter((month) =>
    withEntries.has(month.slice(0, 4)),
  );
  const years = [...grouped(months, (month) => month.slice(0, 4))].reverse();
  return html`
    <figure class="calendar" aria-hidden="true">
      ${years.map(
        ([year, of]) => html`
        <svg viewBox="0 0 ${width} ${of.length * cell + cell}">
          <text class="year" x="${across(0, 0, context)}" y="14">${year}</text>
          ${of.map((month, row) => monthRow(month, (row + 1) * cell, byMonth.get(month) ?? [], timeline, shadeOf, context))}
        </svg>`,
      )}
      ${legend(context)}
    </figure>`;
}

function monthRow(
  month: string,
  y: number,
  entries: readonly DayEntry[],
  timeline: Timeline,
  shadeOf: (updates: number) => number,
  context: PageContext,
): Html {
  const first = `${month}-01`;
  const days = daysOf(month).filter((date) => date >= timeline.dayOne && date <= timeline.today.date);
  const squares = days.map((date) => square(columnOf(date), y, context)).join('');
  return html`<text x="${across(0, 0, context)}" y="${y + 14}">${context.formats.shortMonth(first)}</text><path d="${squares}"/>${entries.map(
    (entry) => dayCell(entry, y, shadeOf(entry.updates), context),
  )}`;
}

function dayCell(entry: DayEntry, y: number, shade: number, context: PageContext): Html {
  const { messages, formats, slug } = context;
  const { day, date, updates, key, hasSummary } = entry;
  const x = across(columnOf(date), cell, context);
  const says = [messages.day(day), formats.date(date), messages.updatesCount(updates)];
  return html`<a href="/${slug}/day/${day}" tabindex="-1"><title>${says.join(' · ')}</title><path class="h${shade}" d="${square(columnOf(date), y, context)}"/>${
    key > 0 && html`<circle cx="${x + 9}" cy="${y + 9}" r="3"/>`
  }${hasSummary && html`<path class="sum" d="M${x + 3} ${y + 15.5}h12"/>`}</a>`;
}

function legend({ messages }: PageContext): Html {
  const sample = (inside: Html): Html => html`<svg viewBox="0 0 18 18" width="18" height="18">${inside}</svg>`;
  const square = (shade: number) => sample(html`<path class="h${shade}" d="M0 0h18v18h-18z"/>`);
  return html`
    <figcaption class="fine">
      <span>${messages.calendar.fewer} ${Array.from({ length: shades }, (_, i) => square(i + 1))} ${messages.calendar.more}</span>
      <span>${sample(html`<path class="h2" d="M0 0h18v18h-18z"/><circle cx="9" cy="9" r="3"/>`)} ${messages.columns.key}</span>
      <span>${sample(html`<path class="h2" d="M0 0h18v18h-18z"/><path class="sum" d="M3 15.5h12"/>`)} ${messages.columns.summary}</span>
    </figcaption>`;
}

const columnOf = (date: string): number => monthColumn + (Number(date.slice(8)) - 1) * cell;

const square = (x: number, y: number, context: PageContext): string => `M${across(x, cell, context)} ${y}h18v18h-18z`;

/** Where something as wide as `size` begins: from the right where the language does. */
const across = (x: number, size: number, { language }: PageContext): number =>
  directionOf(language) === 'rtl' ? width - x - size : x;

/** Which shade a number of updates has: quarters of the days that have any, so that one great day doesn’t pale the others. */
function shading(counts: readonly number[]): (updates: number) => number {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const bounds = Array.from(
    { length: shades - 1 },
    (_, i) => sorted[Math.floor((sorted.length * (i + 1)) / shades)] ?? 0,
  );
  return (updates) => (updates === 0 ? 0 : 1 + bounds.filter((bound) => updates > bound).length);
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    for (let month = 1; month <= 12; month++) months.push(`${year}-${String(month).padStart(2, '0')}`);
  return months.filter((month) => month >= from.slice(0, 7) && month <= to.slice(0, 7));
}

function daysOf(month: string): string[] {
  const first = `${month}-01`;
  const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10);
  return Array.from({ length: dayNumber(first, next) - 1 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
}
