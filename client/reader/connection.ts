import type { LiveMessages } from '../../shared/i18n/messages.ts';
import type { FollowState } from '../feed/follow.ts';
import { find } from './dom.ts';

/**
 * Shows whether the page is up to date, in words. `time` writes a moment by the reader’s own clock. A page that is a copy
 * (client/offline) came with its words, and is one until it is live.
 */
export function showConnection(
  state: FollowState,
  since: Date | undefined,
  messages: LiveMessages,
  time: (at: Date) => string,
): string {
  const { connection } = messages;
  const { dataset } = document.documentElement;
  if (state === 'live') delete dataset['copy'];
  const text =
    dataset['copy'] ??
    (state === 'offline'
      ? connection.offline(time(since ?? new Date()))
      : connection[state === 'live' ? 'live' : 'catchingUp']);
  const sign = find('[data-connection]');
  sign?.setAttribute('data-connection', state);
  if (sign) sign.textContent = text;
  return text;
}
