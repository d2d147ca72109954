import type { Messages } from '../i18n/messages.ts';
import { type Html, html } from './html.ts';

/** The pages that every timeline has beside those of its days and updates, by their addresses. */
const parts = {
  latest: { path: '', name: (messages: Messages) => messages.latest },
  days: { path: '/days', name: (messages: Messages) => messages.allDays },
  key: { path: '/key', name: (messages: Messages) => messages.columns.key },
  corrections: { path: '/corrections', name: (messages: Messages) => messages.corrections },
  popular: { path: '/popular', name: (messages: Messages) => messages.takingPart.mostRead },
  search: { path: '/search', name: (messages: Messages) => messages.search.title },
} as const;

export type TimelinePart = keyof typeof parts;

/** Ways to the parts of a timeline; `here` is the one that is being read. */
export function timelineParts(slug: string, here: TimelinePart | null, messages: Messages): Html {
  return html`
    <nav class="parts" aria-label="${messages.timelineParts}">${Object.entries(parts).map(
      ([part, { path, name }]) =>
        html`<a href="/${slug}${path}"${part === here && html` aria-current="page"`}>${name(messages)}</a> `,
    )}</nav>`;
}
