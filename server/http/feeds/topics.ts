import type { FeedBody } from '../../delivery/subscription-run.ts';
import { composeFeed, type FeedParts } from './compose.ts';
import { type FeedChoice, type FeedFormat, feedAddress } from './feed.ts';
import { choiceSchema, formats } from './feed-routes.ts';

interface Topic {
  slug: string;
  format: FeedFormat;
  choice: FeedChoice;
  origin: string;
}

const shape = /^\/([a-z0-9-]+)\/feed\.(atom|rss|json)$/;

/** A feed by the address that it calls its own; null: it is none of ours. Archive pages are not subscribed to. */
function readTopic(topic: string): Topic | null {
  const { pathname, searchParams, origin } = new URL(topic);
  const [, slug, format] = shape.exec(pathname) ?? [];
  const choice = choiceSchema.safeParse(Object.fromEntries(searchParams));
  if (slug === undefined || format === undefined || !choice.success || choice.data.day !== undefined) return null;
  const read = { slug, format: format as FeedFormat, choice: choice.data, origin };
  return feedAddress(`${origin}/${slug}/feed`, read.format, read.choice) === topic ? read : null;
}

/** The timeline that an address is a feed of; null: it is none of this origin. */
export function timelineOfTopic(topic: string, origin: string): string | null {
  const read = readTopic(topic);
  return read?.origin === origin ? read.slug : null;
}

/** A feed as it is sent to those who have subscribed to it; null where there is none any more. */
export async function feedOfTopic(parts: FeedParts, topic: string): ReturnType<FeedBody> {
  const read = readTopic(topic);
  const feed = read && (await composeFeed(parts, read.slug, read.choice, read.origin));
  const [, type, write] = formats.find(([name]) => name === read?.format) ?? [];
  if (!feed?.ok || !type || !write || feed.value.hub === null) return null;
  return { type, body: write(feed.value), hub: feed.value.hub };
}
