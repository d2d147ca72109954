import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { updateSchema } from '../../../shared/update.ts';
import type { Operation } from '../operations.ts';
import { searchQuerySchema } from './search-query.ts';

const highlightSchema = z
  .object({
    field: z.enum(['headline', 'body', 'tags', 'place', 'attribution', 'byline', 'sources']),
    text: z.string().meta({ description: 'Plain text, never HTML: a piece of the field. “…” where it is cut.' }),
    marks: z
      .array(z.tuple([z.number().int(), z.number().int()]))
      .meta({ description: 'From where to where of `text` it fits, in UTF-16 code units, the end exclusive.' }),
  })
  .meta({ id: 'Highlight' });

const searchResultSchema = z
  .object({
    hits: z
      .array(z.object({ update: updateSchema, highlights: z.array(highlightSchema) }))
      .meta({ description: 'Newest event first.' }),
    total: z.number().int().meta({ description: 'Hits in all, on this page or not.' }),
    more: z.string().nullable().meta({ description: 'Send it as `after` for the hits that follow.' }),
  })
  .meta({ id: 'SearchResult' });

/** The documentation of `searchRoutes`. */
export const searchOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/search': {
    id: 'search',
    summary: 'Find updates by their words',
    description: `Headline, body, tags, place, attribution, byline and names of sources, in any script: case, accents, vowel points, forms of a letter, and in Arabic and Hebrew the article and particles written together with a word make no difference. An update is found from its 201 on, and never more from its takedown on. Give \`q\`, or something that narrows the search down. Of a quoted phrase the newest 1,000 updates with all its words are looked at. An update is found by its first ${limits.searchedWords} different words.`,
    query: searchQuerySchema,
    answers: { 200: { description: 'The hits, and where in them it was found.', schema: searchResultSchema } },
    problems: ['not-found', 'validation-failed', 'overloaded'],
  },
};
