import type { LiveFormats } from '../../shared/i18n/format.ts';
import type { LiveMessages } from '../../shared/i18n/messages.ts';
import type { Missed } from '../../shared/missed.ts';
import { type Html, html } from '../../shared/view/html.ts';
import { articleOf, elementOf, find } from './dom.ts';
import { recall, remember } from './remembered.ts';
import { wished } from './wishes.ts';

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
/** So many days are named. */
const most = 7;

export interface MissedParts {
  slug: string;
  day: string;
  messages: LiveMessages;
  /** By the reader’s own clock: when he was here is his own matter. */
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
  // What is new goes on being marked on the days that he visits from here.
  const visit = `since:${parts.slug}`;
  const isBack = before !== null && Date.now() - Date.parse(before.at) > leastAwayMs;
  if (isBack) remember(visit, JSON.stringify(before));
  const since = isBack ? before : readSeen(recall(visit));
  if (since)
    ask(since, parts).then((missed) => {
      unread = missed.ids;
      mark();
      if (isBack && missed.updates + missed.corrections > 0) show(card(missed, since.at, parts), missed);
    }, console.warn);
  return mark;
}

function markNew(ids: readonly string[], messages: LiveMessages): void {
  for (const article of ids.map(articleOf))
    if (article && !find('.new', article))
      find('.when', article)?.after(elementOf(html`<p class="mark new">${messages.missed.isNew}</p>`));
}

async function ask(seen: Seen, parts: MissedParts): Promise<Missed> {
  const query = new URLSearchParams({ since: seen.position, changed: seen.changed, day: parts.day });
  const response = await fetch(`/api/v1/timelines/${parts.slug}/missed?${query}`);
  if (!response.ok) throw new Error(`missed: ${response.status}`);
  return response.json() as Promise<Missed>;
}

function card(missed: Missed, at: string, { slug, day, messages, formats }: MissedParts): HTMLElement {
  const { updates, key, corrections } = missed;
  const more = [key > 0 && messages.missed.key(key), corrections > 0 && messages.missed.corrections(corrections)];
  const given = more.filter((part) => part !== false);
  const others = missed.days.filter((other) => other !== Number(day));
  const summed = others.filter((other) => missed.summaries.includes(other));
  const unsummed = others.filter((other) => !missed.summaries.includes(other));
  const ways = (days: number[], place = ''): Html[] => [
    ...days
      .slice(0, most)
      .map((other) => html`<a href="${wished(`/${slug}/day/${other}`)}${place}">${messages.day(other)}</a> `),
    ...(days.length > most ? [html`<a href="${wished(`/${slug}/days`)}">${messages.allDays}</a>`] : []),
  ];
  return elementOf(html`
    <section>
      <button type="button" class="close" aria-label="${messages.close}">×</button>
      <p><b>${messages.missed.updates(updates, sinceWhen(at, messages, formats))}</b>${given.length > 0 && `: ${formats.list(given)}`}</p>
      ${summed.length > 0 && html`<p>${messages.missed.summaries}: ${ways(summed, '#summary')}</p>`}
      ${unsummed.length > 0 && html`<p>${messages.otherDays('')}${ways(unsummed)}</p>`}
      ${missed.first && firstUnread(missed.first, slug, messages)}
    </section>`);
}

/** “09:10”, “yesterday 21:10”, “23 Nov 2026, 21:10” */
function sinceWhen(at: string, messages: LiveMessages, formats: LiveFormats): string {
  const [then, now] = [at, new Date().toISOString()].map(formats.localDate).map(Date.parse) as [number, number];
  if (then === now) return formats.time(at);
  return now - then === 86_400_000 ? messages.missed.yesterday(formats.time(at)) : formats.dateTime(at);
}

/** The oldest of all: on this page it is shown, else it is gone to. */
function firstUnread({ id, day }: NonNullable<Missed['first']>, slug: string, messages: LiveMessages): Html {
  const text = messages.missed.firstUnread;
  if (articleOf(id)) return html`<button type="button" class="first">${text}</button>`;
  const isHere = document.documentElement.dataset['day'] === String(day);
  const path = isHere ? `/${slug}/updates/${id}` : `/${slug}/day/${day}`;
  return html`<p><a class="first" href="${wished(path)}#u-${id}">${text}</a></p>`;
}

function show(section: HTMLElement, { first }: Missed): void {
  const region = find('[data-missed]');
  const close = (): void => region?.replaceChildren();
  find('.close', section)?.addEventListener('click', close);
  find('button.first', section)?.addEventListener('click', () => {
    close();
    const article = first && articleOf(first.id);
    article?.scrollIntoView({ behavior: 'instant' });
    article?.setAttribute('tabindex', '-1');
    article?.focus({ preventScroll: true });
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
