import type { Section, Summary } from '../summary.ts';
import { moment, type ViewContext } from './context.ts';
import { type Html, html } from './html.ts';

/** Finds the time to show for a cited update; null where the update is not on the page. */
export type TimeOf = (id: string) => string | null;

/** The day’s summary: points in the editors’ order, each with the times of the updates behind it as links to them. */
export function summarySection(summary: Summary, timeOf: TimeOf, context: ViewContext): Html {
  const { messages } = context;
  const footnote = summary.automatic
    ? messages.automatic
    : summary.revisedAt !== null && messages.summaryRevised(moment(summary.revisedAt, context));
  return html`
    <section id="summary" dir="auto" aria-labelledby="summary-title"${summary.automatic && html` data-automatic`}>
      <h2 id="summary-title">${summary.title}</h2>
      ${summary.sections.map((section) => sectionPoints(section, summary, timeOf, context))}
      ${footnote && html`<p class="fine">${footnote}</p>`}
    </section>`;
}

function sectionPoints(section: Section, summary: Summary, timeOf: TimeOf, context: ViewContext): Html {
  const point = ({ text, updates }: Section['points'][number]): Html => {
    // An automatic point is the headline of one update: it is the link itself.
    if (summary.automatic)
      return html`<li>${updates.map((id) => html`<a href="${addressOf(id, timeOf(id), context.slug)}">${text}</a>`)}`;
    const outdated = updates.some((id) => summary.outdated.includes(id));
    return html`<li>${text}${updates.map((id) => html` ${citation(id, timeOf(id), context)}`)}${outdated && outdatedNote(context)}`;
  };
  return html`${section.heading && html`<h3>${section.heading}</h3>`}<ul>${section.points.map(point)}</ul>`;
}

/** A link to a cited update: its time where it is on the page (`time`), else to its own page. */
export function citation(id: string, time: string | null, { slug, messages }: ViewContext): Html {
  return html`<a class="cite" href="${addressOf(id, time, slug)}">${time ?? messages.seeUpdate}</a>`;
}

const addressOf = (id: string, time: string | null, slug: string): string =>
  time === null ? `/${slug}/updates/${id}` : `#u-${id}`;

export function outdatedNote({ messages }: ViewContext): Html {
  return html`<p class="fine">${messages.outdated}</p>`;
}
