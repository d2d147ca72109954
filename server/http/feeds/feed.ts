import type { Timeline } from '../../../shared/timeline.ts';

/** One entry of a feed, in any of the formats. Addresses are absolute, `html` is sanitised, instants are RFC 3339. */
export interface FeedItem {
  /** Its permanent address too: unique, and the same through all revisions. */
  id: string;
  url: string;
  title: string;
  text: string;
  html: string;
  language: string;
  /** Never changes. */
  published: string;
  /** Changes with each public revision. */
  updated: string;
  author: string | null;
  tags: readonly string[];
  /** Of the update or the summary, for programs: what it is here, and where its data are. */
  about: Readonly<Record<string, string | number | boolean | null>>;
}

/** Something that was taken down (RFC 6721). */
export interface Tombstone {
  id: string;
  at: string;
}

/** What can be asked of a feed, as it stands in its address. */
export interface FeedChoice {
  only?: 'key' | 'summaries' | 'corrections' | undefined;
  tag?: string | undefined;
  /** An archive page (RFC 5005). */
  day?: number | undefined;
  after?: string | undefined;
}

export interface Feed {
  timeline: Timeline;
  title: string;
  description: string;
  publisher: string;
  /** The page that it belongs to. */
  home: string;
  /** Begins the address of every format: `https://host/gaza/feed`. */
  base: string;
  choice: FeedChoice;
  updated: string;
  items: readonly FeedItem[];
  gone: readonly Tombstone[];
  /** Older items, and on an archive page newer ones too. */
  previous: FeedChoice | null;
  next: FeedChoice | null;
  /** WebSub hub to subscribe at; null: nothing new comes to it. */
  hub: string | null;
}

export type FeedFormat = 'atom' | 'rss' | 'json';

/** The address of a feed. Parameters stand in one order: one feed has one address. */
export function feedAddress(base: string, format: FeedFormat, { only, tag, day, after }: FeedChoice): string {
  const query = new URLSearchParams();
  if (only !== undefined) query.set('only', only);
  if (tag !== undefined) query.set('tag', tag);
  if (day !== undefined) query.set('day', String(day));
  if (after !== undefined) query.set('after', after);
  return `${base}.${format}${query.size > 0 ? `?${query}` : ''}`;
}

/** An archive page stays as it is but for corrections; the feed itself is what is subscribed to. */
export const isArchive = ({ choice }: Feed): boolean => choice.day !== undefined;

export const subscribed = ({ only, tag }: FeedChoice): FeedChoice => ({ only, tag });
