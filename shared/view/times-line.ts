import type { Update } from '../update.ts';
import { moment, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** Which zone times are in, by their instants: where the clocks change between them, with both offsets. Null: there are none. */
export function zoneWords(instants: readonly string[], { messages, formats }: PageContext): string | null {
  const [zone, ...zones] = [...instants].sort().map(formats.zone);
  return zone
    ? messages.allTimes({ ...zone, offset: [...new Set([zone, ...zones].map(({ offset }) => offset))].join(' / ') })
    : null;
}

/** The same for a page that lists updates: those that are known by their day alone have no time. */
export function zoneOfUpdates(updates: readonly Update[], context: PageContext): Html | null {
  const timed = updates.filter(({ precision, timeLabel }) => precision !== 'day' && timeLabel === null);
  const words = zoneWords(
    timed.map(({ occurredAt }) => occurredAt),
    context,
  );
  return words === null ? null : html`<p class="fine">${words}</p>`;
}

/**
 * Which zone the times of a page are in, when it last changed, and what a reader can do about both with JavaScript: the
 * buttons take their place from the start, so that nothing moves when they come alive. `instants`: of the page’s day, or of its update.
 */
export function timesLine(
  updates: readonly Update[],
  instants: readonly string[],
  conflictZone: string,
  context: PageContext,
): Html {
  const { messages, formats } = context;
  const changed = updates.map(lastChangeOf).reduce((latest, each) => (each > latest ? each : latest), '');
  const isOwn = formats.timeZone !== conflictZone;
  return html`
    <p class="fine times">
      <span>${zoneWords(instants, context)}</span>
      <button type="button" data-zone="${isOwn ? 'conflict' : 'own'}">${isOwn ? messages.conflictTimes : messages.ownTimes}</button>
      ${changed && html`<time data-changed datetime="${changed}">${messages.lastChange(moment(changed, context))}</time>`}
      <button type="button" data-share="${messages.linkCopied}">${messages.share}</button>
      <a href="/${context.slug}/notifications">${messages.notifications.title}</a>
    </p>`;
}

const lastChangeOf = ({ publishedAt, revisedAt }: Update): string => revisedAt ?? publishedAt ?? '';
