import type { Update } from '../update.ts';
import { moment, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/**
 * Which zone the times of a page are in, when it last changed, and what a reader can do about both with JavaScript: the
 * buttons take their place from the start, so that nothing moves when they come alive. `at`: an instant of the page’s day.
 */
export function timesLine(updates: readonly Update[], at: string, conflictZone: string, context: PageContext): Html {
  const { messages, formats } = context;
  const changed = updates.map(lastChangeOf).reduce((latest, each) => (each > latest ? each : latest), '');
  const isOwn = formats.timeZone !== conflictZone;
  return html`
    <p class="fine times">
      <span>${messages.allTimes(formats.zone(at))}</span>
      <button type="button" data-zone="${isOwn ? 'conflict' : 'own'}">${isOwn ? messages.conflictTimes : messages.ownTimes}</button>
      ${changed && html`<time data-changed datetime="${changed}">${messages.lastChange(moment(changed, context))}</time>`}
      <button type="button" data-share="${messages.linkCopied}">${messages.share}</button>
      <a href="/${context.slug}/notifications">${messages.notifications.title}</a>
    </p>`;
}

const lastChangeOf = ({ publishedAt, revisedAt }: Update): string => revisedAt ?? publishedAt ?? '';
