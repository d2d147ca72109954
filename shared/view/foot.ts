import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

const degrees = ['claim', 'reported', 'confirmed', 'disputed'] as const;

/** What the marks on updates mean, said once on each page that has any. */
export function dayFoot({ messages }: PageContext): Html {
  return html`
    <dl>${degrees.map((degree) => {
      return html`<div><dt>${messages.verification[degree]}<dd>${messages.explanations[degree]}</div>`;
    })}</dl>`;
}
