import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { escapeHtml } from '../../../shared/view/html.ts';
import { type ForeignImage, imagesIn, wordsOf } from './foreign-images.ts';
import { instantOfNumber, languageOf, oneLine, shortText, sourcesOf, webAddress } from './foreign-values.ts';
import { type GivenRow, type RowReader, UnreadableFile } from './importer.ts';
import { jsonDocument } from './json-document.ts';
import { mediaNotices } from './markup.ts';

const text = z.string().nullish().catch(null);
const pictureSchema = z.object({ url: z.string(), fields: z.object({ width: z.coerce.number() }) });
const elementSchema = z.object({
  _type: z.string().catch(''),
  html: text,
  url: text,
  originalUrl: text,
  assetId: text,
  mediaTitle: text,
  data: z.object({ caption: text, credit: text, alt: text }).nullish().catch(null),
  media: z.object({ allImages: z.array(pictureSchema) }).catch({ allImages: [] }),
});
type BlockElement = z.infer<typeof elementSchema>;

const blockSchema = z.object({
  id: z.string().min(1),
  elements: z.array(elementSchema),
  attributes: z.object({ keyEvent: z.boolean().catch(false), pinned: z.boolean().catch(false) }),
  blockCreatedOn: z.number().nullish().catch(null),
  blockFirstPublished: z.number().nullish().catch(null),
  title: text,
  contributors: z.array(z.object({ name: text })).catch([]),
});
type Block = z.infer<typeof blockSchema>;

const pageSchema = z.object({
  webURL: text,
  canonicalUrl: text,
  lang: text,
  byline: text,
  publication: text,
  pagination: z.object({ totalPages: z.number() }).nullish().catch(null),
});
type Page = z.infer<typeof pageSchema>;

/**
 * The page model of the Guardian’s live blogs (“DCR”): the blocks of one page, and the key events of all pages that it carries.
 * Lists of blocks alone do as well, under whatever name. A block that stands in several lists is one row.
 */
export const readGuardian: RowReader = async function* (input, { encoding }) {
  const document = await jsonDocument(input, encoding);
  const page = pageSchema.safeParse(document);
  const blocks = blocksOf(document);
  if (!page.success || blocks.size === 0) throw new UnreadableFile('The file has no blocks of a live blog.');
  let line = 0;
  for (const block of blocks.values()) {
    line += 1;
    const given = rowOf(block, page.data);
    const pages = line === 1 ? pagesNotice(page.data) : [];
    yield { line, ...given, notices: [...pages, ...(given.notices ?? [])] };
  }
};

function blocksOf(document: unknown): Map<string, Block> {
  const lists = typeof document === 'object' && document !== null ? Object.values(document) : [];
  const blocks = new Map<string, Block>();
  for (const list of lists)
    for (const item of Array.isArray(list) ? list : []) {
      const parsed = blockSchema.safeParse(item);
      if (parsed.success && !blocks.has(parsed.data.id)) blocks.set(parsed.data.id, parsed.data);
    }
  return blocks;
}

const pagesNotice = ({ pagination }: Page): string[] =>
  pagination && pagination.totalPages > 1
    ? [`one page of ${pagination.totalPages}: the others are files of their own`]
    : [];

function rowOf(block: Block, page: Page): Omit<GivenRow, 'line'> {
  const body = block.elements.map(markup).join('\n');
  const time = block.blockFirstPublished ?? block.blockCreatedOn;
  const url = webAddress(page.webURL ?? page.canonicalUrl);
  const row = {
    occurredAt: time && instantOfNumber(time),
    headline: oneLine(block.title),
    body,
    bodyFormat: 'html',
    key: block.attributes.keyEvent,
    sources: sourcesOf(shortText(page.publication), url && `${url}#block-${block.id}`),
    language: languageOf(page.lang),
    byline: shortText(block.contributors.flatMap(({ name }) => name ?? []).join(', ') || page.byline),
    externalId: block.id,
  };
  return { row: ok(row), images: block.elements.flatMap(imagesOf), notices: mediaNotices(body) };
}

/** Of the sizes of a picture the widest, of a picture that there is; and what other elements have in their HTML. */
function imagesOf(element: BlockElement): ForeignImage[] {
  if (!isImage(element)) return imagesIn(element.html ?? '');
  const [widest] = element.media.allImages.sort((a, b) => b.fields.width - a.fields.width);
  const { alt, caption, credit } = element.data ?? {};
  return widest ? [{ url: widest.url, alt: wordsOf(alt), caption: wordsOf(caption), credit: wordsOf(credit) }] : [];
}

const isImage = ({ _type }: BlockElement): boolean => _type.endsWith('ImageBlockElement');

/** An element as HTML: its own, or what can be said of what isn’t taken (a caption, a link). */
function markup(element: BlockElement): string {
  if (element.html) return element.html;
  if (isImage(element)) {
    const { caption, credit } = element.data ?? {};
    return caption ? `<p><em>${caption}${credit ? ` ${escapeHtml(credit)}` : ''}</em></p>` : '';
  }
  const video = element._type.endsWith('YoutubeBlockElement') && element.assetId;
  const url = webAddress(
    video ? `https://www.youtube.com/watch?v=${element.assetId}` : (element.originalUrl ?? element.url),
  );
  return url ? `<p><a href="${escapeHtml(url)}">${escapeHtml(element.mediaTitle ?? url)}</a></p>` : '';
}
