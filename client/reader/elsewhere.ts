import type { ViewContext } from '../../shared/view/context.ts';
import { html } from '../../shared/view/html.ts';
import { elementOf, find } from './dom.ts';

/** Says at the foot of the window, with a link, what happens outside of the page that is open. */
export class Elsewhere {
  readonly #context: ViewContext;
  readonly #days = new Set<number>();

  constructor(context: ViewContext) {
    this.#context = context;
  }

  /** Something was published on another day. One day is linked to, several are found in the list of all. */
  news(day: number): void {
    if (this.#days.has(day)) return;
    this.#days.add(day);
    const { messages, formats, slug } = this.#context;
    const days = [...this.#days];
    const [href, text] =
      days.length > 3
        ? [`/${slug}/days`, messages.allDays]
        : [`/${slug}/${days.length > 1 ? 'days' : `day/${day}`}`, formats.list(days.map(messages.day))];
    this.#show(href, messages.otherDays(text));
  }

  newDay(day: number): void {
    this.#show(`/${this.#context.slug}/day/${day}`, this.#context.messages.newDay(day));
  }

  #show(href: string, text: string): void {
    const region = find('[data-elsewhere]');
    const close = elementOf(html`<button type="button" aria-label="${this.#context.messages.close}">×</button>`);
    close.addEventListener('click', () => region?.replaceChildren());
    region?.replaceChildren(elementOf(html`<a href="${href}">${text}</a>`), close);
  }
}
