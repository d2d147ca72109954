import { ok } from '../../../shared/result.ts';
import { imagesIn } from './foreign-images.ts';
import { externalIdOf, instantOf, languageOf, oneLine, shortText, sourcesOf, tagsOf } from './foreign-values.ts';
import type { GivenRow, ReadOptions, RowReader } from './importer.ts';
import { mediaNotices } from './markup.ts';
import { cutEntry, notForPublication } from './not-for-publication.ts';
import { metaOf, withFeatured } from './wxr-attachments.ts';
import { children, childText, type Element, textOf, xmlChildren } from './xml-elements.ts';

interface Site {
  title: string | null;
  language: string | null;
  /** What authors are called, by the name they log in with. */
  names: Map<string, string>;
}

/** What WordPress keeps as posts too, but nobody wrote as an entry of a blog. */
const furniture =
  /^(page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_.*)$/;

/**
 * WordPress’s own export (WXR), whatever its version: namespaces are told by what they end in, as files disagree about http and
 * https. Posts are rows, known by guid and number (copies of a post share its guid); of a post that holds a live blog (Automattic’s plugin keeps entries as comments) its entries are too.
 * Pages and menus are passed over; attachments are known from a reading before, as featured images are named by their number.
 */
export const readWxr: RowReader = async function* (input, options) {
  const site: Site = { title: null, language: null, names: new Map() };
  let line = 0;
  for await (const element of xmlChildren(input, options)) {
    if (element.name !== 'item') tell(element, site);
    else if (!furniture.test(childText(element, 'post_type') ?? 'post')) {
      yield { line: ++line, ...postRow(element, site, options) };
      for (const entry of children(element, 'comment').filter(isLiveEntry))
        yield { line: ++line, ...liveRow(entry, element, site, options) };
    }
  }
};

function tell(element: Element, site: Site): void {
  if (element.name === 'title') site.title = shortText(textOf(element));
  if (element.name === 'language') site.language = languageOf(textOf(element));
  const login = element.name === 'author' ? childText(element, 'author_login') : null;
  const name = login && childText(element, 'author_display_name');
  if (login && name) site.names.set(login, name);
}

function postRow(item: Element, site: Site, options: ReadOptions): Omit<GivenRow, 'line'> {
  if (item.cut) return { row: cutEntry() };
  const hidden = hiddenBecause(item);
  if (hidden) return { row: notForPublication(hidden) };
  const login = childText(item, 'creator');
  const body = childText(item, 'encoded', 'content') ?? childText(item, 'encoded', 'excerpt') ?? '';
  const row = {
    occurredAt: timeOf(item, 'post', options) ?? instantOf(childText(item, 'pubDate'), options.timeZone),
    headline: oneLine(childText(item, 'title')),
    body: inParagraphs(body),
    bodyFormat: 'html',
    sources: sourcesOf(site.title, childText(item, 'link')),
    tags: tagsOf(children(item, 'category').filter(isTopic).map(textOf)),
    language: site.language,
    byline: shortText(login && (site.names.get(login) ?? login)),
    externalId: externalIdOf(
      `${childText(item, 'guid') ?? childText(item, 'link')}#post-${childText(item, 'post_id')}`,
    ),
  };
  const sticky = childText(item, 'is_sticky') === '1' ? ['was sticky; it is not pinned'] : [];
  const inText = imagesIn(body, childText(item, 'link'));
  const number = metaOf(item, '_thumbnail_id');
  const featured = number === null ? undefined : options.attachments?.get(number);
  const images = featured ? withFeatured(featured, inText) : inText;
  const missing = number && !featured ? [`its featured image (${number.slice(0, 20)}) is not in the file`] : [];
  return { row: ok(row), images, notices: [...sticky, ...missing, ...mediaNotices(body)] };
}

function hiddenBecause(item: Element): string | null {
  const status = childText(item, 'status') ?? 'publish';
  if (childText(item, 'post_password')) return 'is protected by a password at its source';
  // What is scheduled has its time in the future, and is refused for that.
  return status === 'publish' || status === 'future' ? null : `has the status “${status}” at its source`;
}

const isTopic = ({ attributes }: Element): boolean => ['post_tag', 'category'].includes(attributes['domain'] ?? '');

const isLiveEntry = (comment: Element): boolean => childText(comment, 'comment_type') === 'liveblog';

function liveRow(comment: Element, post: Element, site: Site, options: ReadOptions): Omit<GivenRow, 'line'> {
  const body = childText(comment, 'comment_content') ?? '';
  const id = childText(comment, 'comment_id');
  const link = childText(post, 'link');
  const row = {
    occurredAt: timeOf(comment, 'comment', options),
    headline: '',
    body: inParagraphs(body),
    bodyFormat: 'html',
    sources: sourcesOf(site.title, link && `${link}#liveblog-entry-${id}`),
    language: site.language,
    byline: shortText(childText(comment, 'comment_author')),
    externalId: id && externalIdOf(`${childText(post, 'guid') ?? link}#liveblog-${id}`),
  };
  const hidden = hiddenBecause(post);
  if (hidden) return { row: notForPublication(hidden) };
  return { row: ok(row), images: imagesIn(body, link), notices: mediaNotices(body) };
}

/** The time in UTC; where there is none (WordPress writes zeros), the local one. */
function timeOf(element: Element, what: 'post' | 'comment', { timeZone }: ReadOptions): string | null {
  const given = (name: string): string | null => childText(element, name)?.replace(/^0000.*/, '') ?? null;
  return instantOf(given(`${what}_date_gmt`), 'utc') ?? instantOf(given(`${what}_date`), timeZone);
}

/** WordPress keeps paragraphs as blank lines where its block editor was not used. */
function inParagraphs(body: string): string {
  if (/<(?:p|ul|ol|table|blockquote|h[1-6]|div)\b/i.test(body)) return body;
  return body
    .split(/\r?\n[ \t]*\r?\n/)
    .map((part) => (part.trim() === '' ? '' : `<p>${part.trim().replaceAll(/\r?\n/g, '<br>')}</p>`))
    .join('');
}
