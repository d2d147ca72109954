import type { Update } from '../../shared/update.ts';
import { compareOnPage } from '../../shared/view/day.ts';
import { find } from './dom.ts';

type Ordered = Parameters<typeof compareOnPage>[0];

/** Where updates belong on the open page. The document says when they happened, not always when they were published. */
export class PageOrder {
  /** Of those that were published since the page is open, and so after all that it came with. */
  readonly #publishedAt = new Map<string, string | null>();

  published({ id, publishedAt }: Update): void {
    this.#publishedAt.set(id, publishedAt);
  }

  /**
   * The article that an update goes before; null: the end. Not `sure` where it happened at the same moment as another and
   * neither was published under our eyes: only the server knows their order.
   */
  placeFor(update: Update): { before: HTMLElement | null; sure: boolean } {
    const own = { ...update, publishedAt: this.#publishedAt.get(update.id) ?? '' };
    let sure = true;
    for (const article of document.querySelectorAll<HTMLElement>('article')) {
      const other = this.#read(article);
      const tied = isSamePlace(article, update) && own.publishedAt === other.publishedAt;
      if (tied) sure = false;
      if (compareOnPage(own, other) < 0) return { before: article, sure };
    }
    return { before: null, sure };
  }

  #read(article: HTMLElement): Ordered {
    const id = article.id.slice(2);
    return {
      id,
      pinned: isPinned(article),
      occurredAt: occurredAtOf(article),
      publishedAt: this.#publishedAt.get(id) ?? '',
    };
  }
}

/** Whether a revised update stays where it is. */
export const isSamePlace = (article: HTMLElement, { pinned, occurredAt }: Update): boolean =>
  isPinned(article) === pinned && occurredAtOf(article) === occurredAt;

export const occurredAtOf = (article: HTMLElement): string => find('time', article)?.getAttribute('datetime') ?? '';

const isPinned = (article: HTMLElement): boolean => article.classList.contains('pinned');
