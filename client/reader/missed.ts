import type { LiveFormats } from '../../shared/i18n/format.ts';
import type { LiveMessages } from '../../shared/i18n/messages.ts';
import type { Missed } from '../../shared/missed.ts';
import { html } from '../../shared/view/html.ts';
import { articleOf, elementOf, find } from './dom.ts';
import { recall, remember } from './remembered.ts';

interface Seen {
  position: string;
  /** When the reader was last here, by his own clock: it is only shown. */
  at: string;
  /** When what he saw had last changed, by the server’s clock: from there to count where the log can’t be continued. */
  changed: string;
}

const everyMs = 10_000;
/** Whoever was away for less has not come back, but never left. */
const leastAwayMs = 10 * 60_000;

export interface MissedParts {
  slug: string;
  day: string;
  messages: LiveMessages;
  formats: LiveFormats;
}

/**
 * Tells a reader who comes back what he missed, and remembers where he is for the next time. What it answers marks what is new
 * on the page, for when the page was fetched again.
 */
export function catchUp(parts: MissedParts): () => void {
  const name = `seen:${parts.slug}`;
  const before = readSeen(recall(name));
  const keep = (): void => {
    const { position } = document.documentElement.dataset;
    const changed = find('[data-changed]')?.getAttribute('datetime') ?? '';
    if (position) remember(name, JSON.stringify({ position, at: new Date().toISOString(), changed } satisfies Seen));
  };
  setInterval(() => document.visibilityState === 'visible' && keep(), everyMs);
  addEventListener('pagehide', keep);
  let unread: string[] = [];
  const mark = (): void => markNew(unread, parts.messages);
  if (before && Date.now() - Date.parse(before.at) > leastAwayMs)
    tell(before, parts).then((ids) => {
      unread = ids;
      mark();
    }, console.warn);
  return mark;
}

function markNew(ids: readonly string[], messages: LiveMessages): void {
  for (const article of ids.map(articleOf))
    if (article && !find('.new', article))
      find('.when', article)?.after(elementOf(html`<p class="mark new">${messages.missed.isNew}</p>`));
}

/** Shows what was missed; answers the ids of those on this page. */
async function tell(seen: Seen, parts: MissedParts): Promise<string[]> {
  const query = new URLSearchParams({ since: seen.position, changed: seen.changed, day: parts.day });
  const response = await fetch(`/api/v1/timelines/${parts.slug}/missed?${query}`);
  if (!response.ok) throw new Error(`missed: ${response.status}`);
  const missed = (await response.json()) as Missed;
  if (missed.updates === 0 && missed.corrections === 0) return [];
  show(card(missed, seen.at, parts), missed.ids);
  return missed.ids;
}

function card(missed: Missed, at: string, { slug, day, messages, formats }: MissedParts): HTMLElement {
  const { updates, key, corrections } = missed;
  const more = [key > 0 && messages.missed.key(key), corrections > 0 && messages.missed.corrections(corrections)];
  const given = more.filter((part) => part !== false);
  const others = missed.days.filter((other) => other !== Number(day)).slice(0, 7);
  const link = (other: number) => html`<a href="/${slug}/day/${other}#summary">${messages.day(other)}</a> `;
  return elementOf(html`
    <section>
      <button type="button" class="close" aria-label="${messages.close}">×</button>
      <p><b>${messages.missed.updates(updates, formats.dateTime(at))}</b>${given.length > 0 && `: ${formats.list(given)}`}</p>
      ${others.length > 0 && html`<p>${messages.missed.summaries}: ${others.map(link)}</p>`}
      ${missed.ids.length > 0 && html`<button type="button" class="first">${messages.missed.firstUnread}</button>`}
    </section>`);
}

/** The first unread is the oldest of them: the lowest on the page. */
function show(section: HTMLElement, ids: readonly string[]): void {
  const region = find('[data-missed]');
  const close = (): void => region?.replaceChildren();
  find('.close', section)?.addEventListener('click', close);
  find('.first', section)?.addEventListener('click', () => {
    close();
    const unread = ids.map(articleOf).filter((article) => article !== null);
    const first = unread.reduce<HTMLElement | null>(
      (lowest, each) => (lowest && lowest.offsetTop > each.offsetTop ? lowest : each),
      null,
    );
    first?.scrollIntoView({ behavior: 'instant' });
    first?.setAttribute('tabindex', '-1');
    first?.focus({ preventScroll: true });
  });
  region?.replaceChildren(section);
}

function readSeen(text: string | null): Seen | null {
  try {
    const seen = JSON.parse(text ?? 'null') as Partial<Seen> | null;
    const { position, at, changed } = seen ?? {};
    return position && at && changed !== undefined ? { position, at, changed } : null;
  } catch {
    return null; // written by something else
  }
}
