import type { Differences, FactName, Stretch } from '../difference.ts';
import type { Update } from '../update.ts';
import { moment, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** What a revision changed, to be unfolded: text word by word, facts before and after. Nothing where readers see no change. */
export function differenceDetails({ headline, body, facts }: Differences, context: PageContext): Html | null {
  const { messages } = context;
  if (headline === null && body === null && facts.length === 0) return null;
  return html`
    <details class="difference">
      <summary>${messages.whatChanged}</summary>
      ${headline && html`<p dir="auto"><b>${stretches(headline)}</b></p>`}
      ${body && html`<p dir="auto">${stretches(body)}</p>`}
      ${facts.map(
        ({ name, before, after }) =>
          html`<p>${messages.facts[name]}: <del dir="auto">${said(name, before, context)}</del> <ins dir="auto">${said(name, after, context)}</ins></p>`,
      )}
    </details>`;
}

const stretches = (all: readonly Stretch[]): Html[] =>
  all.map(({ kind, text }) => {
    if (kind === 'added') return html`<ins>${text}</ins>`;
    return kind === 'removed' ? html`<del>${text}</del>` : html`${text}`;
  });

function said(name: FactName, value: string, context: PageContext): string {
  if (value === '') return '–';
  if (name === 'occurredAt') return moment(value, context);
  return name === 'verification' ? context.messages.verification[value as Update['verification']] : value;
}
