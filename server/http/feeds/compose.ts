import { isKeyDevelopment, isPublic } from '../../../shared/day.ts';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { siteName } from '../../../shared/view/layout.ts';
import { firstInstant } from '../../domain/zone.ts';
import type { Recent } from '../../live/recent.ts';
import type { Store } from '../../store/store.ts';
import type { Queries } from '../queries.ts';
import { type Feed, type FeedChoice, type FeedItem, subscribed, type Tombstone } from './feed.ts';
import { summaryItem, updateItem } from './item.ts';

export interface FeedParts {
  queries: Queries;
  store: Pick<Store, 'updates' | 'settings'>;
  recent: Recent;
  /** Where the WebSub hub is; null: there is none. */
  hub: string | null;
}

/** What makes a feed of its timeline, before it says who publishes it. */
type Contents = Pick<Feed, 'items' | 'gone' | 'previous' | 'next'>;

/** Items of a feed; fewer where their texts together are larger (about 250 kB are what readers like). */
const mostItems = 50;
const mostCharacters = 200_000;
const updatesPerArchive = 200;
const summariesPerPage = 30;

/** A feed as the log stands now: what happened lately, or, for an archive page, what a conflict day has. */
export async function composeFeed(
  parts: FeedParts,
  slug: string,
  choice: FeedChoice,
  origin: string,
): Promise<Result<Feed>> {
  const found = parts.queries.timeline(slug);
  if (!found.ok) return found;
  const timeline = found.value;
  const asked = { ...parts, timeline, choice, origin };
  const contents =
    choice.only === 'summaries'
      ? await summaries(asked)
      : choice.day === undefined
        ? await lately(asked)
        : await archive(asked, choice.day);
  if (!contents.ok) return contents;
  const { items, gone } = contents.value;
  const { publisher, appearance } = await parts.store.settings(slug);
  const moments = [...items.map(({ updated }) => updated), ...gone.map(({ at }) => at)].sort();
  return ok({
    ...contents.value,
    timeline,
    title: titleOf(timeline, choice),
    description: timeline.description || timeline.title,
    publisher: publisher?.name ?? appearance.siteName ?? siteName,
    home: `${origin}/${slug}`,
    base: `${origin}/${slug}/feed`,
    choice,
    updated: moments.at(-1) ?? `${timeline.dayOne}T00:00:00.000Z`,
    hub: parts.hub === null || choice.day !== undefined ? null : origin + parts.hub,
  });
}

interface Asked extends FeedParts {
  timeline: Timeline;
  choice: FeedChoice;
  origin: string;
}

async function lately({ timeline, choice, origin, ...parts }: Asked): Promise<Result<Contents>> {
  const { slug } = timeline;
  const { updates, removed } = await parts.recent.of(slug);
  const chosen = updates.filter(({ isKey, tags, correctedAt }) => isChosen(choice, { isKey, tags, correctedAt }));
  if (choice.only === 'corrections') chosen.sort((a, b) => ((a.correctedAt ?? '') < (b.correctedAt ?? '') ? 1 : -1));
  const ids = chosen.slice(0, mostItems).map(({ id }) => id);
  const texts = await parts.store.updates(slug, ids);
  const shown = ids.map((id) => texts.get(id)).filter((update) => update !== undefined && isPublic(update));
  const items = bounded(shown.map((update) => updateItem(update as Update, timeline, origin)));
  const days = await parts.queries.days(slug);
  if (!days.ok) return days;
  const [newest] = days.value.days;
  return ok({
    items,
    gone: removed.map(({ id, at }): Tombstone => ({ id: `${origin}/${slug}/updates/${id}`, at })),
    previous: newest ? { ...subscribed(choice), day: newest.day } : null,
    next: null,
  });
}

/** A day has one archive page, and further ones where it has more updates than a page takes. */
async function archive({ timeline, choice, origin, queries }: Asked, day: number): Promise<Result<Contents>> {
  const query = { limit: String(updatesPerArchive), after: choice.after };
  const found = await queries.day(timeline.slug, String(day), query);
  if (!found.ok) return found;
  const { updates, more, previous, next } = found.value;
  const chosen = updates.filter((update) => {
    const correctedAt = update.correction?.at ?? update.retraction?.at ?? null;
    return isChosen(choice, { isKey: isKeyDevelopment(update), tags: update.tags, correctedAt });
  });
  const all = subscribed(choice);
  const older = more !== null ? { ...all, day, after: more } : previous !== null && { ...all, day: previous };
  const newer = choice.after !== undefined ? { ...all, day } : next !== null && { ...all, day: next };
  return ok({
    items: chosen.map((update) => updateItem(update, timeline, origin)),
    gone: [],
    previous: older || null,
    next: newer || null,
  });
}

/** Summaries of the days that have one, from a day downwards: an editor’s, or the one that its key developments make. */
async function summaries({ timeline, choice, origin, queries }: Asked): Promise<Result<Contents>> {
  const { slug, timeZone } = timeline;
  const found = await queries.days(slug);
  if (!found.ok) return found;
  const all = found.value.days.filter(({ hasSummary, key }) => hasSummary || key > 0);
  const days = all.filter(({ day }) => day <= (choice.day ?? Number.POSITIVE_INFINITY));
  const items: FeedItem[] = [];
  for (const { day, date } of days.slice(0, summariesPerPage)) {
    const view = await queries.day(slug, String(day), { limit: '1000' });
    if (!view.ok || view.value.summary === null) continue;
    const { summary, updates } = view.value;
    const began = firstInstant(date, timeZone) ?? `${date}T00:00:00.000Z`;
    const made = updates
      .filter(isKeyDevelopment)
      .map(({ revisedAt, publishedAt }) => revisedAt ?? publishedAt ?? began);
    items.push(
      summaryItem(summary, timeline, { origin, began, updated: summary.revisedAt ?? made.sort().at(-1) ?? began }),
    );
  }
  const older = days[summariesPerPage];
  const newer = all[all.length - days.length - summariesPerPage] ?? (days.length < all.length ? all[0] : undefined);
  return ok({
    items,
    gone: [],
    previous: older ? { only: 'summaries', day: older.day } : null,
    next: choice.day !== undefined && newer ? { only: 'summaries', day: newer.day } : null,
  });
}

function isChosen(
  { only, tag }: FeedChoice,
  { isKey, tags, correctedAt }: { isKey: boolean; tags: readonly string[]; correctedAt: string | null },
): boolean {
  if (only === 'key' && !isKey) return false;
  if (only === 'corrections' && correctedAt === null) return false;
  return tag === undefined || tags.includes(tag);
}

function bounded(items: readonly FeedItem[]): FeedItem[] {
  let characters = 0;
  return items.filter(({ html, text }, at) => {
    characters += html.length + text.length;
    return at === 0 || characters <= mostCharacters;
  });
}

function titleOf({ title, language }: Timeline, { only, tag }: FeedChoice): string {
  const messages = messagesFor(language);
  const parts = [title, only && messages.feeds[only], tag];
  return parts.filter((part) => part !== undefined).join(' · ');
}
