import { ok } from '../../../shared/result.ts';
import { type ForeignImage, imagesIn } from './foreign-images.ts';
import {
  externalIdOf,
  instantOf,
  languageOf,
  oneLine,
  shortText,
  sourcesOf,
  tagsOf,
  webAddress,
} from './foreign-values.ts';
import type { GivenRow, ReadOptions, RowReader } from './importer.ts';
import { markupOf, mediaNotices } from './markup.ts';
import { cutEntry } from './not-for-publication.ts';
import { children, childText, type Element, textOf, xmlChildren } from './xml-elements.ts';

/** What a feed says once and means for all its entries. */
interface Channel {
  title: string | null;
  language: string | null;
}

type EntryRow = (entry: Element, channel: Channel, options: ReadOptions) => object;

const feedReader = (entryName: string, rowOf: EntryRow): RowReader =>
  async function* (input, options) {
    const channel: Channel = { title: null, language: null };
    let line = 0;
    for await (const element of xmlChildren(input, options)) {
      if (element.name === entryName) {
        line += 1;
        yield element.cut ? { line, row: cutEntry() } : given(line, element, rowOf(element, channel, options));
      } else tell(element, channel);
    }
  };

function given(line: number, entry: Element, row: object): GivenRow {
  const body = 'body' in row && typeof row.body === 'string' ? row.body : '';
  const link = childText(entry, 'link') ?? alternateOf(entry);
  const images = imagesIn(body, webAddress(link));
  return { line, row: ok(row), images: images.length > 0 ? images : pictureOf(entry), notices: mediaNotices(body) };
}

/** The picture of an entry that has none in its text: Media RSS, or a file that goes with it. */
function pictureOf(entry: Element): ForeignImage[] {
  const group = children(entry, 'group')[0] ?? entry;
  const media = [...children(entry, 'content'), ...children(group, 'content'), ...children(entry, 'enclosure')];
  const picture = media.find(({ attributes }) => {
    const { url, type = '', medium } = attributes;
    return url !== undefined && (type.startsWith('image/') || medium === 'image');
  });
  if (!picture) return [];
  const said = (name: string) => oneLine(childText(picture, name) ?? childText(group, name)) || null;
  // Media RSS describes a picture in `description`; what it is called (`title`) is no alternative.
  return [{ url: picture.attributes['url'] ?? '', alt: said('description'), caption: null, credit: said('credit') }];
}

/** RSS has its facts beside the items, RSS 1.0 in an element `channel` before them. */
function tell(element: Element, channel: Channel): void {
  if (element.name === 'channel') {
    channel.title ??= shortText(childText(element, 'title'));
    channel.language ??= languageOf(childText(element, 'language'));
  }
  if (element.name === 'title') channel.title ??= shortText(textOf(element));
  if (element.name === 'language') channel.language ??= languageOf(textOf(element));
}

/** RSS 2.0 and RSS 1.0 (RDF): the newer elements of either are found in feeds of the other. */
const itemRow: EntryRow = (item, channel, { timeZone }) => {
  const link = childText(item, 'link') ?? item.attributes['about'] ?? null;
  const guid = childText(item, 'guid');
  const date = childText(item, 'pubDate') ?? childText(item, 'date') ?? childText(item, 'published');
  return {
    occurredAt: instantOf(date, timeZone) ?? date,
    headline: oneLine(childText(item, 'title')),
    body: childText(item, 'encoded', 'content') ?? childText(item, 'description') ?? '',
    bodyFormat: 'html',
    sources: sourcesOf(childText(item, 'source') ?? channel.title, webAddress(link) ?? webAddress(guid)),
    tags: tagsOf(children(item, 'category').map(textOf)),
    language: channel.language,
    byline: shortText(childText(item, 'creator') ?? childText(item, 'author')),
    externalId: externalIdOf(guid) ?? externalIdOf(item.attributes['about'] ?? link),
  };
};

const atomRow: EntryRow = (entry, channel, { timeZone }) => {
  const date = childText(entry, 'published') ?? childText(entry, 'updated');
  const content = children(entry, 'content')[0] ?? children(entry, 'summary')[0];
  const author = children(entry, 'author')[0];
  return {
    occurredAt: instantOf(date, timeZone) ?? date,
    headline: oneLine(childText(entry, 'title')),
    ...bodyOf(content),
    sources: sourcesOf(channel.title, alternateOf(entry)),
    tags: tagsOf(children(entry, 'category').map(({ attributes }) => attributes['label'] ?? attributes['term'] ?? '')),
    language: languageOf(entry.attributes['lang']) ?? channel.language,
    byline: shortText(author && childText(author, 'name')),
    externalId: externalIdOf(childText(entry, 'id')),
  };
};

function bodyOf(content: Element | undefined): { body: string; bodyFormat: 'html' | 'text' } {
  if (!content) return { body: '', bodyFormat: 'text' };
  const { type = 'text' } = content.attributes;
  if (type === 'xhtml') return { body: markupOf(content), bodyFormat: 'html' };
  return { body: textOf(content).trim(), bodyFormat: type === 'text' ? 'text' : 'html' };
}

function alternateOf(entry: Element): string | null {
  const links = children(entry, 'link');
  const alternate = links.find(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
  return (alternate ?? links[0])?.attributes['href'] ?? null;
}

export const readRss: RowReader = feedReader('item', itemRow);
export const readRdf: RowReader = feedReader('item', itemRow);
export const readAtom: RowReader = feedReader('entry', atomRow);
