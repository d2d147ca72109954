import { type Feed, type FeedItem, feedAddress } from './feed.ts';

export const jsonFeedType = 'application/feed+json; charset=utf-8';

/** JSON Feed 1.1. What was taken down stands in an extension: readers that don’t know it just see it no more. */
export function jsonFeed(feed: Feed): string {
  const { timeline, base, choice, previous, hub } = feed;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feedAddress(base, 'json', choice),
    description: feed.description,
    ...(previous && { next_url: feedAddress(base, 'json', previous) }),
    authors: [{ name: feed.publisher }],
    language: timeline.language,
    ...(timeline.status === 'ended' && { expired: true }),
    ...(hub && { hubs: [{ type: 'WebSub', url: hub }] }),
    items: feed.items.map(entry),
    _daymark: {
      about: 'Open data of a Daymark timeline: its position, and what was taken down.',
      timeline: timeline.slug,
      position: timeline.position,
      deleted: feed.gone.map(({ id, at }) => ({ id, deleted: true, at })),
    },
  });
}

const entry = ({ id, url, title, html, language, published, updated, author, tags, about }: FeedItem) => ({
  id,
  url,
  title,
  content_html: html,
  date_published: published,
  date_modified: updated,
  ...(author !== null && { authors: [{ name: author }] }),
  ...(tags.length > 0 && { tags }),
  language,
  _daymark: about,
});
