import type { Differences } from '../difference.ts';
import { moment, type PageContext } from './context.ts';
import { differenceDetails } from './difference.ts';
import { type Html, html } from './html.ts';

/** One public wording of an update, and what it changed of the one before (null: it is the first). */
export interface Wording {
  at: string;
  /** The note of the correction, or the reason of the retraction, that made it. */
  note: string | null;
  kind: 'published' | 'edited' | 'corrected' | 'retracted';
  differences: Differences | null;
}

/** The public wordings of an update, newest first, so that whoever read an earlier one sees what is different now. */
export function historySection(wordings: readonly Wording[], context: PageContext): Html | null {
  if (wordings.length < 2) return null;
  return html`
    <section id="history" aria-labelledby="history-title">
      <h2 id="history-title">${context.messages.history}</h2>
      <ul>${wordings.map(
        (wording) => html`
        <li><p><b>${title(wording, context)}</b> <bdi>${wording.note}</bdi></p>${wording.differences && differenceDetails(wording.differences, context)}`,
      )}
      </ul>
    </section>`;
}

export function title({ kind, at }: Pick<Wording, 'kind' | 'at'>, context: PageContext): string {
  const { messages } = context;
  const when = moment(at, context);
  if (kind === 'corrected') return messages.corrected(when);
  if (kind === 'retracted') return messages.retracted(when);
  return kind === 'edited' ? messages.edited(when) : messages.published(when);
}
