import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { imagesIn } from './foreign-images.ts';
import { externalIdOf, instantOf, languageOf, oneLine, shortText, sourcesOf, tagsOf } from './foreign-values.ts';
import { type GivenRow, type ReadOptions, type RowReader, UnreadableFile } from './importer.ts';
import { jsonDocument } from './json-document.ts';
import { mediaNotices } from './markup.ts';

const text = z.string().nullish().catch(null);
const authors = z.array(z.object({ name: text })).catch([]);
const itemSchema = z.object({
  id: z.coerce.string(),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  authors,
  author: z.object({ name: text }).nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  language: text,
});
const feedSchema = z.object({ title: text, language: text, items: z.array(z.unknown()) });
type Feed = z.infer<typeof feedSchema>;

/** JSON Feed, versions 1 and 1.1. */
export const readJsonFeed: RowReader = async function* (input, options) {
  const feed = feedSchema.safeParse(await jsonDocument(input, options.encoding));
  if (!feed.success) throw new UnreadableFile('The file has no list “items”.');
  for (const [index, item] of feed.data.items.entries()) {
    const read = itemSchema.safeParse(item);
    yield { line: index + 1, ...(read.success ? rowOf(read.data, feed.data, options) : { row: ok({}) }) };
  }
};

function rowOf(item: z.infer<typeof itemSchema>, feed: Feed, { timeZone }: ReadOptions): Omit<GivenRow, 'line'> {
  const html = item.content_html;
  const date = item.date_published ?? item.date_modified;
  const names = item.authors.length > 0 ? item.authors : [item.author ?? { name: null }];
  const row = {
    occurredAt: instantOf(date, timeZone) ?? date,
    headline: oneLine(item.title),
    body: html ?? item.content_text ?? item.summary ?? '',
    bodyFormat: html ? 'html' : 'text',
    sources: sourcesOf(feed.title, item.external_url ?? item.url),
    tags: tagsOf(item.tags),
    language: languageOf(item.language ?? feed.language),
    byline: shortText(names.flatMap(({ name }) => name ?? []).join(', ')),
    externalId: externalIdOf(item.id),
  };
  return { row: ok(row), images: imagesIn(html ?? '', item.url), notices: mediaNotices(html ?? '') };
}
