import { directionOf } from '../i18n/direction.ts';
import { formats } from '../i18n/format.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Timeline } from '../timeline.ts';
import { type Html, html } from './html.ts';

/** One timeline with the words of its own language. */
export interface ListedTimeline {
  timeline: Timeline;
  messages: Messages;
}

/** The front page: every conflict that is recorded here. */
export function timelinesMain(listed: readonly ListedTimeline[], messages: Messages, language: string): Html {
  return html`
    <main>
      <header class="day">
        <h1><span class="number">${messages.timelines}</span></h1>
        <p class="state">${messages.tagline}</p>
      </header>
      ${listed.length === 0 && html`<p class="empty">${messages.noTimelines}</p>`}
      ${listed.map((each) => entry(each, language))}
    </main>`;
}

function entry({ timeline, messages }: ListedTimeline, pageLanguage: string): Html {
  const { slug, title, description, language, status, endedOn, today, timeZone, dayOne } = timeline;
  const dates = formats(language, timeZone);
  const own = language === pageLanguage ? null : html` lang="${language}" dir="${directionOf(language)}"`;
  const standing =
    status === 'ended' && endedOn
      ? messages.endedOn(dates.date(endedOn), today.day)
      : `${messages.day(today.day)} · ${dates.longDate(today.date)}`;
  return html`
    <section class="timeline"${own}>
      <h2><a href="/${slug}">${title}</a></h2>
      <p class="standing">${standing}</p>
      ${description && html`<p>${description}</p>`}
      <p class="fine">${status !== 'live' && html`<b>${messages.status[status]}</b> · `}${messages.dayOneWas(dates.date(dayOne))} · <a href="/${slug}/days">${messages.allDays}</a></p>
    </section>`;
}
