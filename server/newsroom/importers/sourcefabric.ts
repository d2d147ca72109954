import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { imagesIn } from './foreign-images.ts';
import { externalIdOf, instantOf, languageOf, shortText, tagsOf } from './foreign-values.ts';
import { type GivenRow, type ReadOptions, type RowReader, UnreadableFile } from './importer.ts';
import { jsonDocument } from './json-document.ts';
import { mediaNotices } from './markup.ts';
import { notForPublication } from './not-for-publication.ts';

const text = z.string().nullish().catch(null);
const itemSchema = z.object({ item_type: text, text });
const postSchema = z.object({
  _id: text,
  guid: text,
  deleted: z.boolean().catch(false),
  post_status: text,
  published_date: text,
  firstcreated: text,
  _created: text,
  byline: text,
  language: text,
  tags: z.array(z.string()).catch([]),
  lb_highlight: z.boolean().catch(false),
  sticky: z.boolean().catch(false),
  groups: z.array(z.object({ refs: z.array(z.object({ item: itemSchema.optional() })).catch([]) })).catch([]),
  publisher: z.object({ byline: text, display_name: text }).nullish().catch(null),
});
type Post = z.infer<typeof postSchema>;

const listSchema = z.object({ _items: z.array(z.unknown()) });
const documentSchema = z.union([
  listSchema.transform(({ _items }) => _items),
  z.object({ posts: listSchema }).transform(({ posts }) => posts._items),
]);

/** The REST JSON of Sourcefabric’s Live Blog, from its API (`_items`) or as its themes get it (`posts`). */
export const readSourcefabric: RowReader = async function* (input, options) {
  const parsed = documentSchema.safeParse(await jsonDocument(input, options.encoding));
  if (!parsed.success) throw new UnreadableFile('The file has no list of posts (“_items”).');
  for (const [index, post] of parsed.data.entries()) {
    const read = postSchema.safeParse(post);
    yield { line: index + 1, ...(read.success ? rowOf(read.data, options) : { row: ok({}) }) };
  }
};

function rowOf(post: Post, { timeZone }: ReadOptions): Omit<GivenRow, 'line'> {
  if (post.deleted) return { row: notForPublication('was deleted at its source') };
  if (post.post_status && post.post_status !== 'open')
    return { row: notForPublication(`has the status “${post.post_status}” at its source`) };
  const items = post.groups.flatMap(({ refs }) => refs.flatMap(({ item }) => item ?? []));
  const body = items.map((item) => item.text ?? '').join('\n');
  const row = {
    occurredAt: instantOf(post.published_date ?? post.firstcreated ?? post._created, timeZone),
    headline: '',
    body,
    bodyFormat: 'html',
    key: post.lb_highlight,
    tags: tagsOf(post.tags),
    language: languageOf(post.language),
    byline: shortText(post.byline ?? post.publisher?.byline ?? post.publisher?.display_name),
    externalId: externalIdOf(post._id ?? post.guid),
  };
  const notices = [...mediaNotices(body), ...(post.sticky ? ['was sticky; it is not pinned'] : [])];
  return { row: ok(row), images: imagesIn(body), notices };
}
