import type { Change } from '../../shared/change.ts';
import type { Update } from '../../shared/update.ts';
import type { ViewContext } from '../../shared/view/context.ts';
import { updateArticle } from '../../shared/view/update.ts';
import type { Announcer } from './announcer.ts';
import { articleOf, elementOf, find, takesNews } from './dom.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { HeldBack } from './held-back.ts';
import { keepingPlace } from './keeping-place.ts';
import type { OpenPage } from './open-page.ts';
import { OpenSummary } from './open-summary.ts';
import { isSamePlace, PageOrder } from './page-order.ts';

type OfUpdate = Extract<Change, { update: Update }>;

export interface OpenDayParts {
  day: number;
  subject: string;
  /** Only what follows the first updates of a long day is on this page. */
  continued: boolean;
  context: ViewContext;
  held: HeldBack;
  elsewhere: Elsewhere;
  announcer: Announcer;
}

/** A day’s page that is open: the document is its state, the changes of the log are what happens to it. */
export class OpenDay implements OpenPage {
  readonly #parts: OpenDayParts;
  readonly #summary: OpenSummary;
  readonly #order = new PageOrder();
  /** Articles that are made and not yet shown. */
  readonly #made = new WeakMap<Update, HTMLElement>();
  #stale = false;
  /** Called before anything of the page is changed. */
  #touching = (): void => undefined;

  constructor(parts: OpenDayParts) {
    this.#parts = parts;
    this.#summary = new OpenSummary({ ...parts, touching: () => this.#touching() });
  }

  prepare(change: Change): void {
    if (!('update' in change) || change.day !== this.#parts.day || !takesNews()) return;
    this.#made.set(change.update, this.#articleFor(change.update));
  }

  apply(changes: readonly Change[]): boolean {
    this.#stale = false;
    keepingPlace((touching) => {
      this.#touching = touching;
      for (const change of changes) this.#take(change);
      this.#settle();
    });
    return this.#stale;
  }

  /** Shows updates that were held back. `asked`: the reader is taken to them, so nothing keeps its place. True: it can’t. */
  show(updates: readonly Update[], asked: boolean): boolean {
    this.#stale = false;
    const change = (touching: () => void): void => {
      this.#touching = touching;
      for (const update of updates) this.#insert(update);
      this.#settle();
    };
    if (asked) change(() => undefined);
    else keepingPlace(change);
    return this.#stale;
  }

  #settle(): void {
    if (this.#summary.follow() || !find('article, .empty')) this.#stale = true;
  }

  #take(change: Change): void {
    switch (change.type) {
      case 'update.published':
      case 'update.revised':
      case 'update.retracted':
        this.#takeUpdate(change);
        break;
      case 'update.removed':
        this.#drop(change.id);
        this.#leave(change.day);
        break;
      case 'summary.revised':
        if (change.day === this.#parts.day) this.#summary.replace(change.summary);
        else this.#meet(change.day);
        break;
      case 'timeline.revised':
        this.#stale = true;
    }
  }

  #takeUpdate(change: OfUpdate): void {
    const { type, update, day } = change;
    if (type === 'update.published') this.#order.published(update);
    this.#summary.touched(update.id);
    if ('previousDay' in change) this.#leave(change.previousDay);
    if (day === this.#parts.day) {
      this.#takeIn(change);
      return;
    }
    if (type === 'update.published') this.#parts.elsewhere.news(day);
    this.#meet(day);
    this.#drop(update.id);
  }

  /** Another day has something: the previous or next one, if it lies nearer than that was. */
  #meet(other: number): void {
    const { day } = this.#parts;
    const known = this.#neighbour(other);
    if (known === null || Math.abs(other - day) < Math.abs(known - day)) this.#stale = true;
  }

  /** Another day has lost something: the previous or next one may have nothing left to be led to. */
  #leave(other: number | undefined): void {
    if (other !== undefined && other !== this.#parts.day && this.#neighbour(other) === other) this.#stale = true;
  }

  /** The day that is led to on that side of this one. */
  #neighbour(other: number): number | null {
    const link = find(`.days [rel="${other < this.#parts.day ? 'prev' : 'next'}"]`);
    return link && Number.parseInt(link.getAttribute('href')?.split('/').at(-1) ?? '', 10);
  }

  #takeIn(change: OfUpdate): void {
    const { held, elsewhere, announcer, continued } = this.#parts;
    const { update } = change;
    const shown = articleOf(update.id);
    if (shown) {
      this.#replace(shown, update);
      announcer.count(kindOf(change));
    } else if (held.has(update.id)) held.add(update.id, update);
    else if (continued) elsewhere.news(change.day);
    else if (!this.#isBeyond(update)) this.#arrive(update);
  }

  #arrive(update: Update): void {
    const { held, announcer } = this.#parts;
    if (takesNews()) {
      this.#insert(update);
      announcer.count('published');
    } else held.add(update.id, update);
  }

  /** It belongs to a later part of a long day. */
  #isBeyond(update: Update): boolean {
    return find('.more') !== null && this.#order.placeFor(update).before === null;
  }

  #insert(update: Update): void {
    const element = this.#articleFor(update);
    const { before, sure } = this.#order.placeFor(update);
    if (!sure) this.#stale = true;
    element.classList.add('fresh');
    this.#touching();
    find('.empty')?.remove();
    find('#updates')?.insertBefore(element, before);
    this.#summary.touched(update.id);
  }

  #articleFor(update: Update): HTMLElement {
    return this.#made.get(update) ?? elementOf(updateArticle(update, this.#parts.context));
  }

  #replace(shown: HTMLElement, update: Update): void {
    this.#touching();
    if (!isSamePlace(shown, update)) {
      shown.remove();
      this.#insert(update);
      return;
    }
    const link = shown.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
    const element = this.#articleFor(update);
    shown.replaceWith(element);
    if (link) find(`[href="${CSS.escape(link)}"]`, element)?.focus({ preventScroll: true });
  }

  #drop(id: string): void {
    const shown = articleOf(id);
    if (shown) this.#touching();
    shown?.remove();
    this.#summary.touched(id);
    if (!this.#parts.held.drop(id) && shown) this.#parts.announcer.count('removed');
  }
}

function kindOf({ type, update }: OfUpdate): 'retracted' | 'corrected' | 'revised' {
  if (type === 'update.retracted') return 'retracted';
  return update.correction !== null && update.correction.at === update.revisedAt ? 'corrected' : 'revised';
}
