import type { DayEntry, DayView } from '../../shared/day.ts';
import type { Settings } from '../../shared/settings.ts';
import { cutText, headlineOf } from '../../shared/text.ts';
import type { Timeline } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import { type ShareCard, siteName } from '../../shared/view/layout.ts';
import { publicationShown } from '../../shared/view/update.ts';
import { firstInstant, lastInstant, withOffset } from '../domain/zone.ts';

/** Where and for whom the data are written. `settings` says who publishes. */
export interface DataContext {
  origin: string;
  timeline: Timeline;
  settings: Pick<Settings, 'appearance' | 'publisher'>;
  /** The picture of the page where it has none of its own. */
  card?: ShareCard | null;
}

type Node = Record<string, unknown>;

/**
 * Entries of a day that are described; the others stand in the page like these. Each costs a reader some 15 bytes of a
 * page that has a budget, and search engines show a handful.
 */
const mostEntries = 40;
/** Longer headlines are cut by those who show them. */
const headlineCharacters = 110;
const mostDays = 100;

/**
 * A day’s page as schema.org has it: coverage of one conflict day. The texts are not repeated (the page would double):
 * each entry has its permanent address, its headline and its times.
 */
export function dayData(
  context: DataContext,
  { view, changedAt }: { view: DayView; changedAt: string | null },
  title: string,
): Node {
  const { timeline, origin } = context;
  const { timeZone, today, status } = timeline;
  const zoned = (instant: string) => withOffset(instant, timeZone);
  const url = `${origin}/${timeline.slug}/day/${view.day}`;
  const start = publishedAt(view.date, timeZone);
  const end = lastInstant(view.date, timeZone) ?? start;
  const isOver = view.date < today.date || status === 'ended';
  const shown = view.updates.filter((update) => update.status === 'published');
  return {
    '@context': 'https://schema.org',
    '@type': 'LiveBlogPosting',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: cut(title),
    datePublished: zoned(start),
    // An update may be published some minutes before the time of its event.
    dateModified: zoned(changedAt !== null && changedAt > start ? changedAt : start),
    coverageStartTime: zoned(start),
    ...(isOver && { coverageEndTime: zoned(end) }),
    ...common(context),
    isPartOf: { '@type': 'CollectionPage', '@id': `${origin}/${timeline.slug}/days` },
    ...picture(shown, context),
    liveBlogUpdate: shown.slice(0, mostEntries).map((update) => ({
      '@type': 'BlogPosting',
      url: origin + update.url,
      headline: cut(headlineOf(update)),
      ...times(update, zoned),
    })),
  };
}

/**
 * When a day’s page is published: at the first instant of its day, from which on its address answers. The first publication on it
 * would be another one after that update was taken down, moved, or pushed off the page by later ones.
 */
export const publishedAt = (date: string, timeZone: string): string =>
  firstInstant(date, timeZone) ?? `${date}T00:00:00.000Z`;

/** An update’s own page. */
export function updateData(context: DataContext, update: Update): Node {
  const { timeline, origin } = context;
  const url = origin + update.url;
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: cut(headlineOf(update)),
    ...times(update, (instant) => withOffset(instant, timeline.timeZone)),
    ...common(context),
    ...(update.byline !== null && { author: { '@type': 'Person', name: update.byline } }),
    inLanguage: update.language,
    isPartOf: { '@type': 'LiveBlogPosting', '@id': `${origin}/${timeline.slug}/day/${update.day}` },
    ...picture([update], context),
  };
}

/** The list of days: what the days’ pages are parts of. */
export function daysData(context: DataContext, days: readonly DayEntry[]): Node {
  const { timeline, origin } = context;
  const url = `${origin}/${timeline.slug}/days`;
  return {
    '@context': 'https://schema.org',
    '@type': 'CollectionPage',
    '@id': url,
    url,
    name: timeline.title,
    ...(timeline.description && { description: timeline.description }),
    ...common(context),
    mainEntity: {
      '@type': 'ItemList',
      itemListOrder: 'https://schema.org/ItemListOrderDescending',
      numberOfItems: days.length,
      itemListElement: days.slice(0, mostDays).map(({ day }, at) => ({
        '@type': 'ListItem',
        position: at + 1,
        url: `${origin}/${timeline.slug}/day/${day}`,
      })),
    },
  };
}

function common({ timeline, origin, settings }: DataContext): Node {
  const { publisher, appearance } = settings;
  const organisation = publisher
    ? {
        '@type': 'NewsMediaOrganization',
        name: publisher.name,
        url: publisher.url,
        ...(publisher.logo && { logo: { '@type': 'ImageObject', url: publisher.logo } }),
        ...(publisher.correctionsPolicy && { correctionsPolicy: publisher.correctionsPolicy }),
        ...(publisher.publishingPrinciples && { publishingPrinciples: publisher.publishingPrinciples }),
      }
    : { '@type': 'Organization', name: appearance.siteName ?? siteName, url: origin };
  return {
    inLanguage: timeline.language,
    isAccessibleForFree: true,
    publisher: organisation,
    author: { '@type': 'Organization', name: organisation.name, url: organisation.url },
    about: {
      '@type': 'Event',
      name: timeline.title,
      startDate: timeline.dayOne,
      ...(timeline.endedOn && { endDate: timeline.endedOn }),
    },
  };
}

function times(update: Update, zoned: (instant: string) => string): Node {
  const { revisedAt, correction } = update;
  return {
    datePublished: zoned(publicationShown(update) ?? ''),
    ...(revisedAt !== null && { dateModified: zoned(revisedAt) }),
    ...(correction !== null && {
      correction: { '@type': 'CorrectionComment', text: correction.note, datePublished: zoned(correction.at) },
    }),
  };
}

function picture(updates: readonly Update[], { origin, card }: DataContext): Node {
  const variants = updates.find(({ images }) => images.length > 0)?.images[0]?.variants ?? [];
  const [largest] = [...variants].sort((a, b) => b.width - a.width);
  const image = largest ? new URL(largest.url, origin).href : card?.href;
  return image ? { image: [image] } : {};
}

const cut = (text: string): string =>
  text.length > headlineCharacters ? `${cutText(text, headlineCharacters - 1).trimEnd()}…` : text;
