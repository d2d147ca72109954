import { html, trustedHtml } from '../../../shared/view/html.ts';
import { type Feed, type FeedItem, feedAddress, isArchive, subscribed } from './feed.ts';

export const atomType = 'application/atom+xml; charset=utf-8';

/**
 * Atom (RFC 4287) with archive pages (RFC 5005) and tombstones (RFC 6721). Written with the tag that escapes every value:
 * what HTML must escape, XML must too, and texts are without control characters since they were taken in.
 */
export function atomFeed(feed: Feed): string {
  const { timeline, base, choice, gone, previous, next, hub } = feed;
  const self = feedAddress(base, 'atom', choice);
  const current = feedAddress(base, 'atom', subscribed(choice));
  const link = (rel: string, href: string) => html`<link rel="${rel}" type="application/atom+xml" href="${href}"/>`;
  return html`${trustedHtml('<?xml version="1.0" encoding="utf-8"?>\n')}
    <feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="${timeline.language}">
      <id>${current}</id>
      <title>${feed.title}</title>
      <subtitle>${feed.description}</subtitle>
      <updated>${feed.updated}</updated>
      <author><name>${feed.publisher}</name></author>
      ${link('self', self)}
      <link rel="alternate" type="text/html" href="${feed.home}"/>
      ${hub && html`<link rel="hub" href="${hub}"/>`}
      ${isArchive(feed) && html`<fh:archive/>${link('current', current)}`}
      ${previous && link('prev-archive', feedAddress(base, 'atom', previous))}
      ${next && link('next-archive', feedAddress(base, 'atom', next))}
      <generator>Daymark</generator>
      ${feed.items.map((item) => entry(item, feed))}
      ${gone.map(({ id, at }) => html`<at:deleted-entry ref="${id}" when="${at}"/>`)}
    </feed>`.text;
}

const entry = (item: FeedItem, { timeline, publisher }: Feed) => html`
  <entry${item.language !== timeline.language && html` xml:lang="${item.language}"`}>
    <id>${item.id}</id>
    <title>${item.title}</title>
    <link rel="alternate" type="text/html" href="${item.url}"/>
    <published>${item.published}</published>
    <updated>${item.updated}</updated>
    <author><name>${item.author ?? publisher}</name></author>
    ${item.tags.map((tag) => html`<category term="${tag}"/>`)}
    <content type="html">${item.html}</content>
  </entry>`;
