import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { imagesIn } from './foreign-images.ts';
import { instantOfNumber, shortText, sourcesOf } from './foreign-values.ts';
import { type GivenRow, type RowReader, UnreadableFile } from './importer.ts';
import { jsonDocument } from './json-document.ts';
import { mediaNotices } from './markup.ts';
import { notForPublication } from './not-for-publication.ts';

const seconds = z.coerce.number();
const entrySchema = z.object({
  id: z.coerce.string(),
  type: z.string().optional(),
  render: z.string().optional(),
  html: z.string().optional(),
  content: z.string().optional(),
  timestamp: seconds.optional(),
  entry_time: seconds.optional(),
  authors: z.array(z.object({ name: z.string().nullish() })).catch([]),
  share_link: z.string().nullish(),
  key_event: z.boolean().catch(false),
});

const documentSchema = z.object({ entries: z.array(z.unknown()) });

/**
 * What Automattic’s liveblog plugin for WordPress answers at `/wp-json/liveblog/v1/{post}/…`. An entry that was edited comes
 * again under its first id: the newest wording stands first, and is the one that is taken.
 */
export const readAutomatticLiveBlog: RowReader = async function* (input, { encoding }) {
  const parsed = documentSchema.safeParse(await jsonDocument(input, encoding));
  if (!parsed.success) throw new UnreadableFile('The file has no list “entries”.');
  const removed = new Set(
    parsed.data.entries.flatMap((entry) => {
      const read = entrySchema.safeParse(entry);
      return read.success && read.data.type === 'delete' ? [read.data.id] : [];
    }),
  );
  for (const [index, entry] of parsed.data.entries.entries())
    yield { line: index + 1, ...rowOf(entrySchema.safeParse(entry).data, removed) };
};

function rowOf(entry: z.infer<typeof entrySchema> | undefined, removed: Set<string>): Omit<GivenRow, 'line'> {
  if (!entry) return { row: ok({}) };
  if (removed.has(entry.id)) return { row: notForPublication('was deleted at its source') };
  const body = (entry.render ?? entry.html ?? entry.content ?? '').replaceAll(/(^|>|\s)\/key\b/g, '$1');
  const time = entry.entry_time ?? entry.timestamp;
  const row = {
    occurredAt: time === undefined ? null : instantOfNumber(time),
    headline: '',
    body,
    bodyFormat: 'html',
    key: entry.key_event,
    sources: sourcesOf(null, entry.share_link),
    byline: shortText(entry.authors.flatMap(({ name }) => name ?? []).join(', ')),
    externalId: `liveblog-${entry.id}`,
  };
  return { row: ok(row), images: imagesIn(body, entry.share_link), notices: mediaNotices(body) };
}
