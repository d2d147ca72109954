import { DateTime } from 'luxon';
import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { imagesIn } from './foreign-images.ts';
import { externalIdOf, instantOf, languageOf, oneLine, shortText, sourcesOf } from './foreign-values.ts';
import { type GivenRow, type ReadOptions, type RowReader, UnreadableFile } from './importer.ts';
import { jsonDocument } from './json-document.ts';
import { hasTags, mediaNotices } from './markup.ts';

const text = z.string().nullish().catch(null);
const named = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const authors = z
  .union([z.array(z.unknown()), z.unknown().transform((one) => [one])])
  .transform((list) => list.flatMap((one) => named.safeParse(one).data ?? []));
const posting = {
  '@id': text,
  url: text,
  headline: text,
  inLanguage: text,
  author: authors,
  publisher: named.nullish().catch(null),
};
const updateSchema = z.object({ ...posting, identifier: text, datePublished: text, articleBody: text, text });
const blogSchema = z.object({
  ...posting,
  liveBlogUpdate: z.union([z.array(updateSchema), updateSchema.transform((one) => [one])]),
});
export type LiveBlogPosting = z.infer<typeof blogSchema>;
export type LiveBlogUpdate = z.infer<typeof updateSchema>;

/** When an update was posted, told by something better than its own data; null: nothing does. */
export type TimeOf = (update: LiveBlogUpdate) => string | null;

/** A file of JSON-LD with a `LiveBlogPosting` of schema.org in it. */
export const readJsonLd: RowReader = async function* (input, options) {
  yield* liveBlogRows([await jsonDocument(input, options.encoding)], options, () => null);
};

/**
 * The updates of all live blogs in these documents. Some publishers give every update the time of the page: where all have one,
 * and `timeOf` knows no better, only the date is taken, as of an event known to the day.
 */
export function* liveBlogRows(
  documents: readonly unknown[],
  options: ReadOptions,
  timeOf: TimeOf,
): Generator<GivenRow> {
  const blogs = documents.flatMap(postings);
  if (blogs.length === 0) throw new UnreadableFile('The file has no LiveBlogPosting with updates.');
  let line = 0;
  for (const blog of blogs) {
    const times = blog.liveBlogUpdate.map((update) => timeOf(update) ?? update.datePublished);
    const oneForAll = times.length > 1 && new Set(times).size === 1;
    for (const [index, update] of blog.liveBlogUpdate.entries()) {
      line += 1;
      yield { line, ...rowOf(update, blog, times[index] ?? null, oneForAll, options) };
    }
  }
}

/** Every live blog in a document, be it the whole, one of a list, or in a graph. */
function postings(document: unknown): LiveBlogPosting[] {
  if (Array.isArray(document)) return document.flatMap(postings);
  if (typeof document !== 'object' || document === null) return [];
  const parsed = 'liveBlogUpdate' in document ? blogSchema.safeParse(document) : null;
  const graph = '@graph' in document ? postings(document['@graph']) : [];
  return parsed?.success ? [parsed.data, ...graph] : graph;
}

function rowOf(
  update: LiveBlogUpdate,
  blog: LiveBlogPosting,
  time: string | null,
  oneForAll: boolean,
  { timeZone }: ReadOptions,
): Omit<GivenRow, 'line'> {
  const instant = instantOf(time, timeZone);
  const body = update.articleBody ?? update.text ?? '';
  const own = update.headline === blog.headline ? null : update.headline;
  const byline = update.author.join(', ');
  const row = {
    occurredAt: oneForAll && instant ? DateTime.fromISO(instant, { zone: timeZone }).toISODate() : (instant ?? time),
    headline: oneLine(own),
    body,
    bodyFormat: hasTags(body) ? 'html' : 'text',
    sources: sourcesOf(update.publisher ?? blog.publisher, update.url ?? blog.url ?? blog['@id']),
    language: languageOf(update.inLanguage ?? blog.inLanguage),
    // Of all who wrote the page nobody is named as the author of one update.
    byline: byline === blog.author.join(', ') ? null : shortText(byline),
    externalId: externalIdOf(update['@id'] ?? update.identifier ?? update.url),
  };
  const notices = oneForAll ? ['all updates have one time in this file: only the date is taken'] : [];
  const images = hasTags(body) ? imagesIn(body, update.url ?? blog.url) : [];
  return { row: ok(row), images, notices: [...notices, ...mediaNotices(body)] };
}
