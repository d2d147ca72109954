import { all, children, linkOf, parseXml, textOf } from './xml.ts';

export interface ReadItem {
  id: string;
  url: string;
  title: string;
  html: string;
  text: string;
  published: string;
  updated: string;
  tags: string[];
}

/** What a reader's tool takes from a feed, whatever its format. */
export interface ReadFeed {
  format: 'atom' | 'rss' | 'json';
  title: string;
  home: string;
  self: string;
  updated: string;
  language: string;
  items: ReadItem[];
  deleted: string[];
  previous: string | null;
  next: string | null;
  isArchive: boolean;
}

export function readFeed(format: string, text: string): ReadFeed {
  if (format === 'atom') return readAtom(text);
  return format === 'rss' ? readRss(text) : readJson(text);
}

function readAtom(text: string): ReadFeed {
  const feed = all(parseXml(text), 'atom:feed')[0];
  if (!feed) throw new Error('no feed');
  const own = (name: string): string => children(feed, `atom:${name}`)[0]?.textContent ?? '';
  return {
    format: 'atom',
    title: own('title'),
    home: linkOf(feed, 'alternate') ?? '',
    self: linkOf(feed, 'self') ?? '',
    updated: own('updated'),
    language: feed.getAttribute('xml:lang') ?? '',
    items: children(feed, 'atom:entry').map((entry) => ({
      id: textOf(entry, 'atom:id'),
      url: linkOf(entry, 'alternate') ?? '',
      title: textOf(entry, 'atom:title'),
      html: textOf(entry, 'atom:content'),
      text: '',
      published: textOf(entry, 'atom:published'),
      updated: textOf(entry, 'atom:updated'),
      tags: all(entry, 'atom:category').map((category) => category.getAttribute('term') ?? ''),
    })),
    deleted: all(feed, 'tombstones:deleted-entry').map((one) => one.getAttribute('ref') ?? ''),
    previous: linkOf(feed, 'prev-archive'),
    next: linkOf(feed, 'next-archive'),
    isArchive: all(feed, 'history:archive').length === 1,
  };
}

function readRss(text: string): ReadFeed {
  const channel = all(parseXml(text), 'channel')[0];
  if (!channel) throw new Error('no channel');
  const own = (name: string): string => children(channel, name)[0]?.textContent ?? '';
  return {
    format: 'rss',
    title: own('title'),
    home: own('link'),
    self: linkOf(channel, 'self') ?? '',
    updated: own('lastBuildDate'),
    language: own('language'),
    items: children(channel, 'item').map((item) => ({
      id: textOf(item, 'guid'),
      url: textOf(item, 'link'),
      title: textOf(item, 'title'),
      html: textOf(item, 'content:encoded'),
      text: textOf(item, 'description'),
      published: textOf(item, 'pubDate'),
      updated: textOf(item, 'atom:updated'),
      tags: all(item, 'category').map(({ textContent }) => textContent ?? ''),
    })),
    deleted: [],
    previous: linkOf(channel, 'prev-archive'),
    next: linkOf(channel, 'next-archive'),
    isArchive: all(channel, 'history:archive').length === 1,
  };
}

function readJson(text: string): ReadFeed {
  const feed = JSON.parse(text);
  if (feed.version !== 'https://jsonfeed.org/version/1.1') throw new Error(`version ${feed.version}`);
  type Item = Record<string, never>;
  return {
    format: 'json',
    title: feed.title,
    home: feed.home_page_url,
    self: feed.feed_url,
    updated: '',
    language: feed.language,
    items: feed.items.map((item: Item) => ({
      id: item['id'],
      url: item['url'],
      title: item['title'],
      html: item['content_html'],
      text: '',
      published: item['date_published'],
      updated: item['date_modified'],
      tags: item['tags'] ?? [],
    })),
    deleted: feed._daymark.deleted.map(({ id }: { id: string }) => id),
    previous: feed.next_url ?? null,
    next: null,
    isArchive: new URL(feed.feed_url).searchParams.has('day'),
  };
}
