import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** The search of an archived timeline: the script that answers comes with the archive. */
export function archiveSearchMain({ slug, title }: Timeline, { messages, language }: PageContext): Html {
  const { search, placeholder, found, nothing } = messages.archive;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${slug}">${title}</a></p>
        <h1><span class="number">${search}</span></h1>
      </header>
      <form id="archive-search" role="search" data-found="${found}" data-nothing="${nothing}" data-language="${language}">
        <p><input type="search" name="q" aria-label="${placeholder}" placeholder="${placeholder}" autocomplete="off" required>
        <button>${search}</button></p>
      </form>
      <p id="archive-found" class="state" role="status"></p>
      <table class="list"><tbody id="archive-hits"></tbody></table>
      <noscript><p>${messages.noScript}</p></noscript>
    </main>`;
}
