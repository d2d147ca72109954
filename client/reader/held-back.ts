import type { LiveMessages } from '../../shared/i18n/messages.ts';
import type { Update } from '../../shared/update.ts';
import { find, isLooking, takesNews } from './dom.ts';

/**
 * New updates that arrived while the reader was reading further down, or away, or wants nothing to move by itself. They wait behind
 * a notice that counts them and moves nothing. Pressing it shows them, and so does coming back: to the tab, or to the top, where
 * something may move by itself.
 */
export class HeldBack {
  /** null: it stands on the page already, above what is being read (the page was fetched again). */
  readonly #waiting = new Map<string, Update | null>();
  readonly #notice = find('[data-new-updates]');
  readonly #messages: LiveMessages;
  readonly #show: (updates: Update[], asked: boolean) => void;
  #naming: ReturnType<typeof setTimeout> | undefined;

  constructor(messages: LiveMessages, show: (updates: Update[], asked: boolean) => void) {
    this.#messages = messages;
    this.#show = show;
    this.#notice?.addEventListener('click', () => this.#reveal(true));
    const looked = (): void => {
      if (this.#waiting.size > 0 && isLooking()) this.#reveal(false);
    };
    addEventListener('scroll', () => takesNews() && looked(), { passive: true });
    document.addEventListener('visibilitychange', looked);
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  add(id: string, update: Update | null): void {
    this.#waiting.set(id, update);
    this.#tell();
  }

  drop(id: string): boolean {
    const had = this.#waiting.delete(id);
    if (had) this.#tell();
    return had;
  }

  clear(): void {
    this.#waiting.clear();
    this.#tell();
  }

  /** `pressed`: the reader asked for them, so he is taken to the first. */
  #reveal(pressed: boolean): void {
    const ids = [...this.#waiting.keys()];
    const updates = [...this.#waiting.values()].filter((update) => update !== null);
    this.clear();
    this.#show(updates, pressed);
    if (!pressed) return;
    const first = find(ids.map((id) => `#u-${CSS.escape(id)}`).join() || 'article');
    first?.scrollIntoView({ behavior: 'instant' });
    // The button that had the focus is gone.
    first?.setAttribute('tabindex', '-1');
    first?.focus({ preventScroll: true });
  }

  #tell(): void {
    const count = this.#waiting.size;
    // The whole browser hears of a new title: in a task of its own it keeps nobody waiting.
    this.#naming ??= setTimeout(() => this.#name());
    if (!this.#notice) return;
    const button = find('button', this.#notice) ?? document.createElement('button');
    button.textContent = this.#messages.newUpdates(count);
    if (count === 0) this.#notice.replaceChildren();
    else if (!button.isConnected) this.#notice.append(button);
  }

  #name(): void {
    this.#naming = undefined;
    const count = this.#waiting.size;
    const title = (count > 0 ? `(${count}) ` : '') + document.title.replace(/^\(\d+\) /, '');
    if (document.title !== title) document.title = title;
  }
}
