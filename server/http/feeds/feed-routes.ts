import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { brief } from '../contents.ts';
import type { Front } from '../front.ts';
import { parse } from '../parse.ts';
import type { Query } from '../queries.ts';
import type { Route } from '../routes.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import { atomFeed, atomType } from './atom.ts';
import { composeFeed, type FeedParts } from './compose.ts';
import { type Feed, type FeedFormat, feedAddress } from './feed.ts';
import { jsonFeed, jsonFeedType } from './json-feed.ts';
import { rssFeed, rssType } from './rss.ts';

export interface FeedRouteParts extends FeedParts {
  front: Front;
  security: SecurityHeaders;
}

export const choiceSchema = z.object({
  only: z.enum(['key', 'summaries', 'corrections'], 'must be key, summaries or corrections').optional(),
  tag: z.string().min(1).max(limits.tagCharacters).optional(),
  day: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be the number of a day')
    .transform(Number)
    .optional(),
  after: z.string().max(500).optional(),
});

export const formats: readonly [name: FeedFormat, type: string, write: (feed: Feed) => string][] = [
  ['atom', atomType, atomFeed],
  ['rss', rssType, rssFeed],
  ['json', jsonFeedType, jsonFeed],
];

/** A timeline’s feeds: everything, key developments, summaries, corrections, or a topic; and archive pages by day. */
export function feedRoutes({ front, security, ...parts }: FeedRouteParts): Route[] {
  return formats.map(([name, type, write]) => {
    const handler = front.handler({
      follows: 'timeline',
      isAbsolute: true,
      query: ['only', 'tag', 'day', 'after'],
      build: async ({ slug = '' }, query, origin) => {
        const feed = await feedAsked(parts, slug, query, origin);
        if (!feed.ok) return feed;
        const headers = { ...security.data, ...linksOf(feed.value, name) };
        return ok({ type, body: write(feed.value), cacheControl: brief, headers });
      },
    });
    return { method: 'GET', path: `/:slug/feed.${name}`, handlers: [handler] };
  });
}

async function feedAsked(parts: FeedParts, slug: string, query: Query, origin: string): Promise<Result<Feed>> {
  const choice = parse(choiceSchema, query);
  return choice.ok ? composeFeed(parts, slug, choice.value, origin) : choice;
}

/** For subscribers (WebSub), who need not read a feed to learn where its hub is. */
function linksOf({ base, choice, hub }: Feed, format: FeedFormat): Record<string, string> {
  return hub === null ? {} : { Link: `<${hub}>; rel="hub", <${feedAddress(base, format, choice)}>; rel="self"` };
}
