import type { DayView } from '../day.ts';
import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** Which day of which war, and how things stand today. `latest`: nothing lies between this day and today. */
export function dayHeader(timeline: Timeline, view: DayView, latest: boolean, context: PageContext): Html {
  const state = todaysState(timeline, view, latest, context);
  return html`
    <header class="day">
      <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
      <h1>
        <span class="number">${context.messages.day(view.day)}</span><span class="dot"> · </span>
        <time class="date" datetime="${view.date}">${context.formats.longDate(view.date)}</time>
      </h1>
      ${state.length > 0 && html`<p class="state">${state}</p>`}
    </header>`;
}

function todaysState(
  timeline: Timeline,
  { day }: DayView,
  latest: boolean,
  { messages, formats }: PageContext,
): Html[] {
  const { slug, status, endedOn, today } = timeline;
  if (status === 'ended') {
    return [html`${endedOn ? messages.endedOn(formats.date(endedOn), today.day) : messages.status.ended}`];
  }
  const paused = html`${status === 'paused' && messages.paused} `;
  if (day === today.day) return status === 'paused' ? [paused] : [];
  const todayIs = messages.todayIs(today.day);
  return [paused, latest ? html`${todayIs} ${messages.nothingYet}` : html`<a href="/${slug}">${todayIs}</a>`];
}

/** To the nearest days that have something, and to all of them. */
export function dayNavigation({ timeline, previous, next }: DayView, { messages }: PageContext): Html {
  const to = (day: number, rel: 'prev' | 'next') =>
    html`<a rel="${rel}" href="/${timeline}/day/${day}">${messages.day(day)}</a>`;
  return html`
    <div class="days">
      ${previous !== null && to(previous, 'prev')}
      <a class="all" href="/${timeline}/days">${messages.allDays}</a>
      ${next !== null && to(next, 'next')}
    </div>`;
}
