import type { DayEntry } from '../../../shared/day.ts';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { siteName } from '../../../shared/view/layout.ts';
import { withOffset } from '../../domain/zone.ts';
import type { Store } from '../../store/store.ts';
import type { Queries } from '../queries.ts';
import { publishedAt } from '../structured-data.ts';
import { type Entry, mostPages, type NewsEntry } from './sitemap.ts';

export interface SitemapParts {
  queries: Queries;
  store: Pick<Store, 'settings'>;
}

/** All files there are: of each timeline its days, and its updates by the month of their day, so that no file is too long. */
export async function allFiles({ queries }: SitemapParts, origin: string): Promise<Entry[]> {
  const files: Entry[] = [];
  for (const { slug } of queries.timelines()) {
    const days = await daysOf(queries, slug);
    files.push({ url: `${origin}/${slug}/sitemap.xml`, modified: newest(days) });
    for (const [month, ofMonth] of byMonth(days))
      files.push({ url: `${origin}/${slug}/sitemap/${month}.xml`, modified: newest(ofMonth) });
  }
  return files;
}

/** A timeline’s own pages: its list of days, and the days that have something. */
export async function dayPages({ queries }: SitemapParts, slug: string, origin: string): Promise<Result<Entry[]>> {
  const found = await queries.days(slug);
  if (!found.ok) return found;
  const { days } = found.value;
  const lists = ['days', 'key', 'corrections'].map((name) => ({
    url: `${origin}/${slug}/${name}`,
    modified: newest(days),
  }));
  const each = days.map(({ day, revisedAt }) => ({ url: `${origin}/${slug}/day/${day}`, modified: revisedAt }));
  return ok([...lists, ...each]);
}

/** The pages of the updates of a month’s days. */
export async function updatePages(
  { queries }: SitemapParts,
  slug: string,
  month: string,
  origin: string,
): Promise<Result<Entry[]>> {
  const found = await queries.days(slug);
  if (!found.ok) return found;
  const days = byMonth(found.value.days).get(month);
  if (!days) return refuse('not-found', 'Nothing happened in this month.');
  const pages: Entry[] = [];
  for (const { day } of days) {
    let after: string | undefined;
    do {
      const view = await queries.day(slug, String(day), { limit: '1000', after });
      if (!view.ok) return view;
      for (const { url, revisedAt, publishedAt, status } of view.value.updates)
        if (status === 'published') pages.push({ url: origin + url, modified: revisedAt ?? publishedAt });
      after = view.value.more ?? undefined;
    } while (after !== undefined && pages.length < mostPages);
  }
  return ok(pages);
}

/** The pages of today and yesterday, in their zones, of every timeline that is going on. */
export async function newsPages({ queries, store }: SitemapParts, origin: string): Promise<NewsEntry[]> {
  const news: NewsEntry[] = [];
  for (const timeline of queries.timelines().filter(({ status }) => status !== 'ended')) {
    const { publisher, appearance } = await store.settings(timeline.slug);
    const days = await daysOf(queries, timeline.slug);
    for (const { day, date, revisedAt } of days.filter(({ day }) => day >= timeline.today.day - 1)) {
      news.push({
        url: `${origin}/${timeline.slug}/day/${day}`,
        modified: revisedAt,
        publication: publisher?.name ?? appearance.siteName ?? siteName,
        language: new Intl.Locale(timeline.language).language,
        published: withOffset(publishedAt(date, timeline.timeZone), timeline.timeZone),
        title: messagesFor(timeline.language).dayOf(day, timeline.subject),
      });
    }
  }
  return news;
}

async function daysOf(queries: Queries, slug: string): Promise<DayEntry[]> {
  const found = await queries.days(slug);
  return found.ok ? found.value.days : [];
}

function byMonth(days: readonly DayEntry[]): Map<string, DayEntry[]> {
  const months = new Map<string, DayEntry[]>();
  for (const entry of days) {
    const month = entry.date.slice(0, 7);
    const ofMonth = months.get(month);
    if (ofMonth) ofMonth.push(entry);
    else months.set(month, [entry]);
  }
  return months;
}

const newest = (days: readonly DayEntry[]): string | null =>
  days
    .map(({ revisedAt }) => revisedAt ?? '')
    .sort()
    .at(-1) || null;
