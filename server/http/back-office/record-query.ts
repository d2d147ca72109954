import { z } from 'zod';
import { recordSorts } from '../../../shared/back-office.ts';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { dateSchema } from '../../../shared/timeline.ts';
import { updateSchema } from '../../../shared/update.ts';
import type { PagePlace, RecordQuery } from '../../newsroom/back-office.ts';
import { fault, parse } from '../parse.ts';
import { type Query, wholeNumber } from '../queries.ts';

/** What may stand in the address of a page of the record. */
export const recordQuerySchema = z.object({
  q: z.string().max(limits.questionCharacters).optional().meta({ description: 'Words that must all be there.' }),
  from: dateSchema.optional().meta({ description: 'First date of the event, inclusive.' }),
  to: dateSchema.optional().meta({ description: 'Last date of the event, inclusive.' }),
  status: updateSchema.shape.status.optional(),
  author: z.string().max(limits.shortTextCharacters).optional().meta({ description: 'Id, or part of name or byline.' }),
  key: z.enum(['1', '0'], { error: 'must be 1 or 0' }).optional(),
  verification: updateSchema.shape.verification.optional(),
  tag: z.string().max(limits.tagCharacters).optional(),
  sort: z
    .enum(recordSorts)
    .default('newest')
    .meta({ description: 'By event, or by last change. With words: newest event alone.' }),
  limit: wholeNumber(limits.recordPageMost).default(limits.recordPage),
  after: z.string().max(500).optional().meta({ description: 'The `more` of an earlier answer to the same question.' }),
});

export const statisticsQuerySchema = recordQuerySchema.pick({ from: true, to: true });

const cursorSchema = z.union([
  z.object({
    scan: z.object({
      date: dateSchema,
      row: z.object({ occurredAt: z.string(), publishedAt: z.string().nullable(), id: z.string() }).nullable(),
    }),
  }),
  z.object({ changed: z.object({ at: z.string(), id: z.string() }) }),
  z.object({ found: z.object({ seconds: z.number(), number: z.number() }) }),
]);

/** Empty fields of a form ask for nothing. */
export function readRecordQuery(query: Query): Result<RecordQuery> {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  const read = parse(recordQuerySchema, given);
  if (!read.ok) return read;
  const { q = '', key, sort, limit, after, ...filter } = read.value;
  const place = after === undefined ? null : readCursor(after);
  if (after !== undefined && place === null) return fault('/after', 'must be the `more` of an earlier answer');
  const wanted = { ...filter, key: key === undefined ? undefined : key === '1' };
  return ok({ words: q, filter: wanted, sort, limit, after: place });
}

export const cursorOf = (place: PagePlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(text: string): PagePlace | null {
  try {
    const read = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
