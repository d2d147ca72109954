import type { ViewContext } from './context.ts';
import { type Html, html } from './html.ts';

const degrees = ['claim', 'reported', 'confirmed', 'disputed'] as const;

/** What the marks on updates mean, said once on each page that has any. */
export function dayFoot({ messages }: ViewContext): Html {
  return html`
    <dl>${degrees.map((degree) => {
      const { label, explanation } = messages.verification[degree];
      return html`<div><dt>${label}<dd>${explanation}</div>`;
    })}</dl>`;
}
