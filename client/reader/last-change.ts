import type { LiveFormats } from '../../shared/i18n/format.ts';
import type { LiveMessages } from '../../shared/i18n/messages.ts';
import { find } from './dom.ts';

const everyMs = 30_000;
/** Longer ago, the time itself says more. */
const longestMs = 20 * 3_600_000;

/** Says how long ago the page last changed, and keeps it true while the page is open. Told when that was, or that the page was fetched again. */
export function sayLastChange(messages: LiveMessages, formats: () => LiveFormats): (at?: string) => void {
  const say = (): void => {
    const shown = find('[data-changed]');
    const at = shown?.getAttribute('datetime');
    if (!shown || !at || Date.now() - Date.parse(at) > longestMs) return;
    const text = messages.lastChange(formats().relative(at, Date.now()));
    if (shown.textContent !== text) shown.textContent = text;
  };
  say();
  setInterval(say, everyMs);
  document.addEventListener('visibilitychange', say);
  return (at) => {
    if (at !== undefined) find('[data-changed]')?.setAttribute('datetime', at);
    say();
  };
}
