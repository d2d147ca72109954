import { escapeHtml, html, trustedHtml } from '../../../shared/view/html.ts';
import { type Feed, type FeedItem, feedAddress, isArchive } from './feed.ts';

export const rssType = 'application/rss+xml; charset=utf-8';

/**
 * RSS 2.0. It has no words for a change or a removal: `pubDate` stays, `atom:updated` tells, what was removed is gone.
 * Readers take a description for HTML, so its text is escaped for that first.
 */
export function rssFeed(feed: Feed): string {
  const { timeline, base, choice, previous, next, hub } = feed;
  const link = (rel: string, href: string) => html`<atom:link rel="${rel}" type="application/rss+xml" href="${href}"/>`;
  return html`${trustedHtml('<?xml version="1.0" encoding="utf-8"?>\n')}
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0">
      <channel>
        <title>${feed.title}</title>
        <link>${feed.home}</link>
        <description>${feed.description}</description>
        <language>${timeline.language}</language>
        <lastBuildDate>${rfc822(feed.updated)}</lastBuildDate>
        <generator>Daymark</generator>
        ${link('self', feedAddress(base, 'rss', choice))}
        ${hub && html`<atom:link rel="hub" href="${hub}"/>`}
        ${isArchive(feed) && html`<fh:archive/>`}
        ${previous && link('prev-archive', feedAddress(base, 'rss', previous))}
        ${next && link('next-archive', feedAddress(base, 'rss', next))}
        ${feed.items.map((item) => entry(item, feed))}
      </channel>
    </rss>`.text;
}

const entry = (item: FeedItem, { publisher }: Feed) => html`
  <item>
    <title>${item.title}</title>
    <link>${item.url}</link>
    <guid isPermaLink="false">${item.id}</guid>
    <pubDate>${rfc822(item.published)}</pubDate>
    <atom:updated>${item.updated}</atom:updated>
    <dc:creator>${item.author ?? publisher}</dc:creator>
    ${item.tags.map((tag) => html`<category>${tag}</category>`)}
    <description>${escapeHtml(item.text)}</description>
    <content:encoded>${item.html}</content:encoded>
  </item>`;

const rfc822 = (instant: string): string => new Date(instant).toUTCString().replace('GMT', '+0000');
