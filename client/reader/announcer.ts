import type { LiveMessages } from '../../shared/i18n/messages.ts';
import { find } from './dom.ts';

type News = Exclude<keyof LiveMessages['announce'], 'summary'>;

const firstMs = 700;
const betweenMs = 5_000;

/** Tells screen readers what changed: politely, in one region, counted together, and not more often than every 5 s. */
export class Announcer {
  readonly #messages: LiveMessages;
  readonly #list: (items: string[]) => string;
  #counts = new Map<News, number>();
  #texts = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spokenAt = Number.NEGATIVE_INFINITY;

  constructor(messages: LiveMessages, list: (items: string[]) => string) {
    this.#messages = messages;
    this.#list = list;
  }

  count(news: News, added = 1): void {
    this.#counts.set(news, (this.#counts.get(news) ?? 0) + added);
    this.#plan();
  }

  say(text: string): void {
    this.#texts.add(text);
    this.#plan();
  }

  #plan(): void {
    const waitMs = Math.max(firstMs, this.#spokenAt + betweenMs - performance.now());
    this.#timer ??= setTimeout(() => this.#speak(), waitMs);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#spokenAt = performance.now();
    const counted = [...this.#counts].map(([news, count]) => this.#messages.announce[news](count));
    const region = find('[data-announcement]');
    if (region) region.textContent = this.#list([...counted, ...this.#texts]);
    this.#counts.clear();
    this.#texts.clear();
  }
}
