import type { Change } from '../../shared/change.ts';
import { liveFormats } from '../../shared/i18n/format.ts';
import type { LiveMessages } from '../../shared/i18n/messages.ts';
import { formatPosition, type Position, parsePosition } from '../../shared/position.ts';
import { follow } from '../feed/follow.ts';
import { savesData } from '../feed/saves-data.ts';
import type { Announcer } from './announcer.ts';
import { showConnection } from './connection.ts';
import { find, isLooking } from './dom.ts';
import type { HeldBack } from './held-back.ts';
import { keepingPlace } from './keeping-place.ts';
import type { OpenPage } from './open-page.ts';
import { whenStill } from './slide.ts';
import { whenIdle } from './when-idle.ts';
import { wished } from './wishes.ts';

export interface LivePageParts {
  slug: string;
  language: string;
  messages: LiveMessages;
  announcer: Announcer;
  held: HeldBack;
  /** Reads the document, as it is now, into something that takes changes. */
  open(): OpenPage;
  /** Told when an update of this page last changed. */
  changed(at: string): void;
  /** Told that the page stands at the head of the log, and what it has taken since. */
  live(): void;
  took(changes: readonly Change[]): void;
}

/** What programs are told in the head was written with the page, and would go on telling of what was taken down. */
function withdrawFromHead(): void {
  const told = 'script[type="application/ld+json"], [name="description"], [property="og:description"]';
  for (const element of document.querySelectorAll(told)) element.remove();
}

/** All who read a page hear at once that it must be fetched again; they come within this time. */
const spreadMs = 1_000;
const againMs = 5_000;

/** The page and its place in the log: takes changes in order, batch by batch, and fetches itself again where it must. */
export class LivePage {
  readonly #parts: LivePageParts;
  readonly #root = document.documentElement;
  #page: OpenPage;
  #at: Position | null;
  #queue: Change[] = [];
  #planned: ReturnType<typeof setTimeout> | undefined;
  #fetching = false;
  #feed: { stop: () => void } | null = null;

  constructor(parts: LivePageParts) {
    this.#parts = parts;
    this.#page = parts.open();
    this.#at = this.#positionOnPage();
  }

  follow(): void {
    const { slug, language, messages, announcer } = this.#parts;
    const clock = liveFormats(language, Intl.DateTimeFormat().resolvedOptions().timeZone);
    this.#feed?.stop();
    this.#feed = follow({
      url: location.href,
      timeline: slug,
      since: this.#at && formatPosition(this.#at),
      onChange: (change) => this.#take(change),
      onReset: () => this.#startOver(),
      onState: (state, since) => {
        const text = showConnection(state, since, messages, (at) => clock.time(at.toISOString()));
        if (state === 'offline') announcer.say(text);
        if (state === 'live') this.#parts.live();
      },
    });
  }

  /** Until it is fetched it goes on taking changes: what is not right on it is less than what would be missing. */
  fetchAgain(): void {
    if (this.#fetching) return;
    this.#planned ??= setTimeout(() => this.fetchNow(), Math.random() * spreadMs);
  }

  /** The reader asked for it, so nobody else does at the same moment. */
  fetchNow(): void {
    clearTimeout(this.#planned);
    this.#planned = undefined;
    if (this.#fetching) return;
    this.#fetching = true;
    void this.#fetchUntilDone();
  }

  /** Changes that arrive together, or while the page slides, are applied together. What is taken down does not wait. */
  #take(change: Change): void {
    this.#queue.push(change);
    const apply = (): void => this.#apply();
    if (change.type === 'update.removed') {
      queueMicrotask(apply);
      return;
    }
    const isFirst = this.#queue.length === 1;
    setTimeout(() => {
      this.#page.prepare?.(change);
      if (isFirst) setTimeout(() => whenStill(apply));
    });
  }

  #apply(): void {
    const at = this.#at;
    if (this.#fetching || !at) return;
    const changes = this.#queue.splice(0).filter(({ seq }) => seq > at.seq);
    const last = changes.at(-1);
    if (!last) return;
    const stale = this.#page.apply(changes);
    if (changes.some(({ type }) => type === 'update.removed')) withdrawFromHead();
    this.#parts.took(changes);
    at.seq = last.seq;
    const { dataset } = this.#root;
    const shown = changes.findLast((change) => 'update' in change && String(change.day) === (dataset['day'] ?? ''));
    if (shown) whenIdle(() => this.#parts.changed(shown.at));
    dataset['position'] = formatPosition(at);
    // The head of the chain of hashes, for whoever wants to note it, is that of the last change shown.
    if (dataset['head'] !== undefined) dataset['head'] = `${formatPosition(at)}@${last.hash}`;
    if (stale) this.fetchAgain();
  }

  async #fetchUntilDone(): Promise<void> {
    const before = this.#at;
    try {
      await this.#replace();
    } catch (error) {
      console.warn(error);
      setTimeout(() => void this.#fetchUntilDone(), againMs * (1 + Math.random()));
      return;
    }
    this.#fetching = false;
    const after = this.#at;
    // A cache may have answered with an older page than the one that was open: what lies between is replayed.
    if (after && before && (after.epoch !== before.epoch || after.seq < before.seq)) this.follow();
    else this.#apply();
  }

  /** The log can’t be continued from where this page stands. */
  async #startOver(): Promise<string> {
    this.#fetching = true;
    try {
      await this.#replace();
      this.#queue = [];
    } finally {
      this.#fetching = false;
    }
    return this.#at ? formatPosition(this.#at) : '';
  }

  /** Puts the page as the server has it now in place of what is shown, and keeps what is being read where it is. */
  async #replace(): Promise<void> {
    const headers: HeadersInit = savesData() ? { 'Save-Data': 'on' } : {};
    const response = await fetch(this.#address(), { cache: 'no-cache', headers });
    if (response.status >= 500) throw new Error(`page: ${response.status}`);
    const fetched = new DOMParser().parseFromString(await response.text(), 'text/html');
    const main = fetched.querySelector('main');
    const shown = find('main');
    if (!main || !shown) throw new Error('page without a main part');
    if (fetched.documentElement.lang !== this.#root.lang) location.reload();
    const known = new Set([...shown.querySelectorAll('article')].map(({ id }) => id));
    keepingPlace((touching) => {
      touching();
      shown.replaceWith(main);
    });
    // What stands beside an update, replies and forms, goes with it.
    if (!fetched.querySelector('aside')) find('aside')?.remove();
    this.#adopt(fetched);
    if (isLooking()) return;
    for (const { id } of main.querySelectorAll('article')) if (!known.has(id)) this.#parts.held.add(id.slice(2), null);
  }

  /** “The latest day” may be another one by now: who reads yesterday’s page goes on reading it. A form’s answer is no address to ask. */
  #address(): string {
    const { timeline, day, update, continued } = this.#root.dataset;
    if (update !== undefined) return wished(`/${timeline}/updates/${update}`);
    return wished(day !== undefined && continued === undefined ? `/${timeline}/day/${day}` : location.href);
  }

  #adopt({ documentElement, title }: Document): void {
    const { dataset } = this.#root;
    for (const name of Object.keys(dataset)) delete dataset[name];
    Object.assign(dataset, { ...documentElement.dataset });
    document.title = title;
    withdrawFromHead();
    this.#parts.held.clear();
    this.#page = this.#parts.open();
    this.#at = this.#positionOnPage();
    if (this.#at) return;
    // What was removed for good has nothing to follow.
    this.#feed?.stop();
    find('[data-connection]')?.replaceChildren();
  }

  #positionOnPage(): Position | null {
    return parsePosition(this.#root.dataset['position']);
  }
}
