import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { differenceDetails } from './difference.ts';
import { title, type Wording } from './history.ts';
import { type Html, html } from './html.ts';
import { zoneWords } from './times-line.ts';

export interface Correction extends Wording {
  /** The update as it stands now. */
  update: Update;
}

export interface CorrectionsPage {
  corrections: readonly Correction[];
  /** How many newer ones the next page passes over; null: there is none. */
  next: number | null;
}

/** Everything that was corrected or retracted, newest first: what was wrong is found where it is looked for. */
export function correctionsMain(
  timeline: Timeline,
  { corrections, next }: CorrectionsPage,
  context: PageContext,
): Html {
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.corrections}</span></h1>
        <p class="state">${messages.correctionsIntro}</p>
        ${
          corrections.length > 0 &&
          html`<p class="fine">${zoneWords(
            corrections.map(({ at }) => at),
            context,
          )}</p>`
        }
      </header>
      ${corrections.length === 0 && html`<p class="empty">${messages.noCorrections}</p>`}
      ${corrections.map((each) => correction(each, context))}
      ${next !== null && html`<p class="more"><a href="/${timeline.slug}/corrections?after=${next}">${messages.earlierCorrections}</a></p>`}
    </main>`;
}

function correction(each: Correction, context: PageContext): Html {
  const { update, note, differences } = each;
  const { messages, formats } = context;
  return html`
    <section class="correction">
      <h2><a href="${update.url}"${languageAttributes(update.language, context)}>${headlineOf(update)}</a></h2>
      <p class="fine">${messages.day(update.day)} · ${formats.date(update.date)}</p>
      <p class="note"><b>${title(each, context)}</b> <bdi>${note}</bdi></p>
      ${differences && differenceDetails(differences, context)}
    </section>`;
}
