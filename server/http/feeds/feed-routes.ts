import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { ok } from '../../../shared/result.ts';
import { brief } from '../contents.ts';
import type { Front } from '../front.ts';
import { parse } from '../parse.ts';
import type { Route } from '../routes.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import { atomFeed, atomType } from './atom.ts';
import { composeFeed, type FeedParts } from './compose.ts';
import type { Feed } from './feed.ts';
import { jsonFeed, jsonFeedType } from './json-feed.ts';
import { rssFeed, rssType } from './rss.ts';

export interface FeedRouteParts extends FeedParts {
  front: Front;
  security: SecurityHeaders;
}

const choiceSchema = z.object({
  only: z.enum(['key', 'summaries', 'corrections'], 'must be key, summaries or corrections').optional(),
  tag: z.string().min(1).max(limits.tagCharacters).optional(),
  day: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be the number of a day')
    .transform(Number)
    .optional(),
  after: z.string().max(500).optional(),
});

const formats: readonly [name: string, type: string, write: (feed: Feed) => string][] = [
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
        const choice = parse(choiceSchema, query);
        if (!choice.ok) return choice;
        const feed = await composeFeed(parts, slug, choice.value, origin);
        if (!feed.ok) return feed;
        return ok({ type, body: write(feed.value), cacheControl: brief, headers: security.data });
      },
    });
    return { method: 'GET', path: `/:slug/feed.${name}`, handlers: [handler] };
  });
}
