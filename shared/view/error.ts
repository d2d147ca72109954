import type { Messages } from '../i18n/messages.ts';
import { type Html, html } from './html.ts';

export type ErrorStatus = keyof Messages['errors'];

/** What a reader sees instead of a page. `back`: where to go on. */
export function errorMain(status: ErrorStatus, back: { href: string; text: string }, messages: Messages): Html {
  const { title, text } = messages.errors[status];
  return html`
    <main class="error">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a href="${back.href}">${back.text}</a></p>
    </main>`;
}
