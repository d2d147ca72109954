import type { Change } from '../../shared/change.ts';
import { applyToEmbed, type EmbedView } from '../../shared/embed.ts';
import { liveFormats } from '../../shared/i18n/format.ts';
import type { LiveMessages } from '../../shared/i18n/messages.ts';
import { parsePosition } from '../../shared/position.ts';
import type { ViewContext } from '../../shared/view/context.ts';
import { embedContent } from '../../shared/view/embed.ts';
import type { FollowState } from '../feed/follow.ts';
import { replaceContent } from './replace-content.ts';

export interface EmbedParts {
  /** What the head, the notice and the content stand in. */
  box: HTMLElement;
  /** What scrolls: an element, or the document’s own. */
  scroller: HTMLElement;
  messages: LiveMessages;
  language: string;
  /** Where the shown content stands, and what it is; null while only its HTML is here. */
  position: string;
  view: EmbedView | null;
  load: () => Promise<EmbedView>;
  /** Tells the host. */
  tell: (what: 'update' | 'state', detail: Record<string, unknown>) => void;
}

/** All who show a timeline hear at once that it must be fetched again; they come within this time. */
const spreadMs = 1_000;
const againMs = 5_000;
/** The reader has the top before him. */
const topPx = 24;
/** About how long a browser takes to scroll up smoothly. */
const upMs = 1_000;
/** What says that it is over; also a reader who scrolls by himself. */
const arrivals = ['scrollend', 'wheel', 'touchstart', 'pointerdown', 'keydown'];

/** An open embed and its place in the log. What is new and not yet shown waits behind a notice. */
export class EmbedLive {
  readonly #parts: EmbedParts;
  readonly #hidden = new Set<string>();
  #view: EmbedView | null;
  #position: string;
  #queue: Change[] = [];
  #loading: Promise<void> | null = null;
  #isStopped = false;
  /** The reader is being taken up to what is new, and what else comes waits. */
  #isGoingUp = false;
  #upTimer: ReturnType<typeof setTimeout> | undefined;
  #standing = 0;
  #slides: Animation[] = [];

  constructor(parts: EmbedParts) {
    this.#parts = parts;
    this.#view = parts.view;
    this.#position = parts.position;
    parts.scroller.addEventListener('scroll', this.#looked, { passive: true });
    document.addEventListener('scroll', this.#looked, { passive: true });
    document.addEventListener('visibilitychange', this.#looked);
    for (const type of arrivals) parts.scroller.addEventListener(type, this.#arrived, { passive: true });
  }

  position(): string {
    return this.#position;
  }

  stop(): void {
    this.#isStopped = true;
    this.#parts.scroller.removeEventListener('scroll', this.#looked);
    document.removeEventListener('scroll', this.#looked);
    document.removeEventListener('visibilitychange', this.#looked);
    for (const type of arrivals) this.#parts.scroller.removeEventListener(type, this.#arrived);
    clearTimeout(this.#upTimer);
    cancelAnimationFrame(this.#standing);
  }

  change(change: Change): void {
    this.#queue.push(change);
    if (this.#isGoingUp && change.type === 'update.removed') this.#drop(change.id);
    if (this.#queue.length === 1) queueMicrotask(() => this.#apply());
  }

  state(state: FollowState, since: Date | undefined): void {
    const { box, messages, language, tell } = this.#parts;
    const sign = box.querySelector('[data-connection]');
    const clock = liveFormats(language, Intl.DateTimeFormat().resolvedOptions().timeZone);
    const { live, catchingUp, offline } = messages.connection;
    const text =
      state === 'offline'
        ? offline(clock.time((since ?? new Date()).toISOString()))
        : state === 'live'
          ? live
          : catchingUp;
    sign?.setAttribute('data-connection', state);
    if (sign) sign.textContent = text;
    tell('state', { state });
  }

  async startOver(): Promise<string> {
    await this.#load();
    return this.#position;
  }

  #apply(): void {
    if (this.#loading || this.#isStopped) return;
    // In a frame in which the list scrolls, an insertion could not be made up for: what is read would jump.
    if (this.#isGoingUp) return;
    const seq = parsePosition(this.#position)?.seq ?? 0;
    const changes = this.#queue.splice(0).filter((change) => change.seq > seq);
    if (changes.length === 0) return;
    let view: EmbedView | 'stale' = this.#view ?? 'stale';
    for (const change of changes) {
      if (view === 'stale') break;
      view = applyToEmbed(view, change);
    }
    if (view === 'stale') {
      this.#queue.unshift(...changes);
      // A takedown is obeyed at once; what comes in its place may take a moment.
      for (const change of changes) if (change.type === 'update.removed') this.#drop(change.id);
      this.#loadSoon(Math.random() * spreadMs);
      return;
    }
    this.#show(view);
    this.#parts.tell('update', { position: this.#position });
  }

  #drop(id: string): void {
    this.#hidden.delete(id);
    this.#parts.box.querySelector(`#u-${CSS.escape(id)}`)?.remove();
  }

  #loadSoon(waitMs: number): void {
    setTimeout(() => {
      this.#load().catch((error) => {
        console.warn(error);
        if (!this.#isStopped) this.#loadSoon(againMs * (1 + Math.random()));
      });
    }, waitMs);
  }

  #load(): Promise<void> {
    this.#loading ??= this.#parts
      .load()
      .then((view) => {
        this.#loading = null;
        if (this.#isStopped) return;
        this.#show(view);
        this.#parts.tell('update', { position: this.#position });
        this.#apply();
      })
      .finally(() => {
        this.#loading = null;
      });
    return this.#loading;
  }

  /** New updates are shown at once where the top is in sight, else they are held back. */
  #show(view: EmbedView): void {
    const known = this.#shownIds();
    const isLooking = this.#isLooking();
    const news = view.updates.filter(({ id }) => !known.has(id) && !this.#hidden.has(id));
    const isFirst = this.#view === null && known.size === 0;
    if (!isFirst && !isLooking) for (const { id } of news) this.#hidden.add(id);
    for (const id of this.#hidden) if (!view.updates.some((update) => update.id === id)) this.#hidden.delete(id);
    this.#view = view;
    this.#position = view.position;
    this.#render(isLooking && news.length > 0);
  }

  #render(isNewOnTop: boolean): void {
    const { box, scroller } = this.#parts;
    const view = this.#view;
    const shown = box.querySelector('main');
    if (!view || !shown) return;
    const visible = { ...view, updates: view.updates.filter(({ id }) => !this.#hidden.has(id)) };
    const top = scroller.scrollTop;
    const read = placesIn(shown, box);
    replaceContent(shown, embedContent(visible, this.#context(view)));
    box.dataset['position'] = view.position;
    if (box !== document.documentElement && scroller === document.documentElement)
      document.documentElement.dataset['position'] = view.position;
    // What is read stays where it is; then the reader is taken up to what is new, which shifts nothing under his eyes.
    const moved = movedBy(read);
    if (moved !== 0 && (isNewOnTop || top > topPx)) scroller.scrollTop = top + moved;
    if (isNewOnTop) {
      this.#goUp();
      // A list that is too short to scroll slides down instead.
      const rest = movedBy(read);
      const moving = rest > 1 && !prefersCalm() ? [shown, ...box.querySelectorAll('footer')] : [];
      this.#slides = moving.map((part) => part.animate([{ transform: `translateY(${-rest}px)` }, {}], slide));
    }
    this.#notice();
  }

  /** Takes the reader up, from the next frame on: this one has brought what is read back to its place. */
  #goUp(): void {
    this.#isGoingUp = true;
    cancelAnimationFrame(this.#standing);
    this.#upAtLast();
    requestAnimationFrame(() => {
      this.#parts.scroller.scrollTo({ top: 0, behavior: prefersCalm() ? 'instant' : 'smooth' });
      // A busy device may come to it late.
      this.#upAtLast();
    });
  }

  #upAtLast(): void {
    clearTimeout(this.#upTimer);
    this.#upTimer = setTimeout(() => {
      this.#parts.scroller.scrollTo({ top: 0, behavior: 'instant' });
      this.#isUp();
    }, upMs);
  }

  #notice(): void {
    const { box, messages } = this.#parts;
    const notice = box.querySelector('[data-new-updates]');
    const button = notice?.querySelector('button') ?? document.createElement('button');
    button.type = 'button';
    button.textContent = messages.newUpdates(this.#hidden.size);
    button.onclick = () => this.#reveal();
    if (this.#hidden.size === 0) notice?.replaceChildren();
    else if (!button.isConnected) notice?.append(button);
  }

  #reveal(): void {
    this.#hidden.clear();
    this.#render(false);
    this.#parts.scroller.scrollTo({ top: 0, behavior: 'instant' });
    const first = this.#parts.box.querySelector<HTMLElement>('article');
    first?.setAttribute('tabindex', '-1');
    first?.focus({ preventScroll: true });
  }

  readonly #looked = (): void => {
    if (this.#hidden.size === 0 || !this.#isLooking()) return;
    this.#hidden.clear();
    this.#render(true);
  };

  /** The end of another scrolling may be told late: what counts is where the list stands. */
  readonly #arrived = ({ type }: Event): void => {
    if (this.#isGoingUp && (type !== 'scrollend' || this.#parts.scroller.scrollTop < 1)) this.#isUp();
  };

  /** What waited comes once the list stands still: in two frames at the same place, if there are any. */
  #isUp(): void {
    clearTimeout(this.#upTimer);
    cancelAnimationFrame(this.#standing);
    const goOn = (): void => {
      this.#isGoingUp = false;
      this.#apply();
    };
    let before = Number.NaN;
    const look = (): void => {
      const { scrollTop } = this.#parts.scroller;
      const isStill = scrollTop === before && !this.#slides.some(({ playState }) => playState === 'running');
      before = scrollTop;
      if (isStill) goOn();
      else this.#standing = requestAnimationFrame(look);
    };
    if (document.visibilityState !== 'visible') goOn();
    else this.#standing = requestAnimationFrame(look);
  }

  #isLooking(): boolean {
    const { scroller, box } = this.#parts;
    const { top, bottom } = box.getBoundingClientRect();
    const inSight = scroller === document.documentElement || (bottom > 0 && top > -topPx && top < innerHeight);
    return scroller.scrollTop <= topPx && inSight && document.visibilityState === 'visible';
  }

  #shownIds(): Set<string> {
    return new Set([...this.#parts.box.querySelectorAll('article')].map(({ id }) => id.slice(2)));
  }

  #context(view: EmbedView): ViewContext {
    return embedContext(view, this.#parts.messages, this.#parts.language);
  }
}

/** A day’s own embed shows times, all others dates with them. */
export function embedContext(view: EmbedView, messages: LiveMessages, language: string): ViewContext {
  const { timeline, kind, updates } = view;
  const date = kind === 'day' ? (updates[0]?.date ?? null) : null;
  return { slug: timeline.slug, language, date, messages, formats: liveFormats(language, timeline.timeZone) };
}

type Place = [article: Element, top: number];

const topOf = (article: Element): number => article.getBoundingClientRect().top;

/** Where what the reader has before him stands. */
function placesIn(shown: Element, box: Element): Place[] {
  const { top } = box.getBoundingClientRect();
  const articles = [...shown.querySelectorAll('article')];
  return articles
    .filter((article) => article.getBoundingClientRect().bottom > top)
    .map((article): Place => [article, topOf(article)]);
}

/** How far down the first of it that is still there has gone, px. */
function movedBy(places: readonly Place[]): number {
  const [article, top] = places.find(([one]) => one.isConnected) ?? [];
  return article === undefined || top === undefined ? 0 : topOf(article) - top;
}

const slide = { duration: 300, easing: 'ease-out' };
const prefersCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
