import type { Messages } from '../../shared/i18n/messages.ts';
import type { Alternate } from '../../shared/view/layout.ts';

/** The feeds of a timeline, for the head of its pages: programs find them there. */
export function feedLinks(origin: string, slug: string, title: string, messages: Messages): Alternate[] {
  const feed = `${origin}/${slug}/feed`;
  return [
    { type: 'application/atom+xml', title, href: `${feed}.atom` },
    { type: 'application/rss+xml', title, href: `${feed}.rss` },
    { type: 'application/feed+json', title, href: `${feed}.json` },
    { type: 'application/atom+xml', title: `${title} · ${messages.feeds.key}`, href: `${feed}.atom?only=key` },
  ];
}

/** Where other sites ask what a page looks like in theirs (oEmbed). */
export const oembedLink = (origin: string, path: string, title: string): Alternate => ({
  type: 'application/json+oembed',
  title,
  href: `${origin}/oembed?url=${encodeURIComponent(origin + path)}&format=json`,
});
