import { DOMParser, type Document, type Element } from '@xmldom/xmldom';

export const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  history: 'http://purl.org/syndication/history/1.0',
  tombstones: 'http://purl.org/atompub/tombstones/1.0',
  sitemap: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  news: 'http://www.google.com/schemas/sitemap-news/0.9',
} as const;

type Name = keyof typeof namespaces;

/** Parses XML and throws at whatever is not well-formed, be it a warning. */
export function parseXml(text: string): Document {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(text, 'text/xml');
}

/** Elements below one, by prefix of this file and name: `atom:entry`; without a prefix those of no namespace. */
export function all(within: Document | Element, name: string): Element[] {
  const [prefix, local] = name.includes(':') ? name.split(':') : [null, name];
  const found = within.getElementsByTagNameNS(prefix ? namespaces[prefix as Name] : '*', local ?? '');
  return [...found].filter((element) => prefix !== null || !element.namespaceURI);
}

export const children = (within: Element, name: string): Element[] =>
  all(within, name).filter((element) => element.parentNode === within);

export const textOf = (within: Document | Element, name: string): string => all(within, name)[0]?.textContent ?? '';

/** The address of a link by its `rel`. */
export function linkOf(within: Element, rel: string, of = 'atom:link'): string | null {
  return (
    children(within, of)
      .find((link) => link.getAttribute('rel') === rel)
      ?.getAttribute('href') ?? null
  );
}
