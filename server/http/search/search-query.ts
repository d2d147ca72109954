import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import type { Result } from '../../../shared/result.ts';
import { dateSchema } from '../../../shared/timeline.ts';
import { parse } from '../parse.ts';
import { type Query, wholeNumber } from '../queries.ts';

/** What may stand in the address of a search, of the API and of the page. */
export const searchQuerySchema = z.object({
  q: z
    .string()
    .max(limits.questionCharacters)
    .optional()
    .meta({ description: 'Words that must all be there, “quoted ones” side by side. The last may be unfinished.' }),
  from: dateSchema.optional().meta({ description: 'First date of the event, inclusive.' }),
  to: dateSchema.optional().meta({ description: 'Last date of the event, inclusive.' }),
  key: z.enum(['1', '0'], { error: 'must be 1 or 0' }).optional().meta({ description: '1: key developments alone.' }),
  tag: z.string().max(limits.tagCharacters).optional().meta({ description: 'A tag that every hit has.' }),
  limit: wholeNumber(limits.searchHitsMost).default(limits.searchHits),
  after: z.string().max(100).optional().meta({ description: 'The `more` of an earlier answer.' }),
});

export type SearchQuery = z.output<typeof searchQuerySchema>;

export const searchParameters = Object.keys(searchQuerySchema.shape);

/** Empty fields of a form ask for nothing; but an empty `q` is a question without words, which finds nothing. */
export function readSearchQuery(query: Query): Result<SearchQuery> {
  return parse(
    searchQuerySchema.refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      message: 'must not lie after `to`',
      path: ['from'],
    }),
    Object.fromEntries(Object.entries(query).filter(([name, value]) => name === 'q' || value !== '')),
  );
}

/** Whether anything narrows the search down but words. */
export const hasFilter = ({ from, to, key, tag }: SearchQuery): boolean =>
  from !== undefined || to !== undefined || key === '1' || tag !== undefined;
