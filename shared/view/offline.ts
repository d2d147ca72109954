import type { Messages } from '../i18n/messages.ts';
import { type Html, html } from './html.ts';

/** Instead of a page that can’t be had: the copies that there are. The worker that has them writes them into the list. */
export function offlineMain({ offline }: Messages): Html {
  return html`
    <main>
      <header class="day"><h1>${offline.title}</h1><p class="state">${offline.text}</p><p><a href="">${offline.again}</a></p></header>
      <section class="kept"><h2>${offline.kept}</h2><ul></ul></section>
    </main>`;
}
