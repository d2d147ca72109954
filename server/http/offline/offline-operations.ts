import { z } from 'zod';
import type { TouchedAnswer } from '../../../shared/touched.ts';
import type { Operation } from '../operations.ts';
import { touchedQuerySchema } from './touched-queries.ts';

const position = z.string().meta({ example: 'k3v9x2:125' });
const touchedSchema: z.ZodType<TouchedAnswer> = z
  .union([
    z.object({
      touched: z.array(z.object({ id: z.string(), seq: z.number().int(), removed: z.boolean() })),
      position,
    }),
    z.object({ reset: z.literal(true), position }),
  ])
  .meta({ id: 'Touched' });

/** The documentation of `offlineRoutes`, as far as programs ask for them. */
export const offlineOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/touched': {
    id: 'touched',
    summary: 'Which updates were revised, retracted or removed since a position',
    description:
      'By their ids alone, for whoever keeps copies: a copy made before `seq` that shows such an update tells what is told no more. `reset` where the log can’t say; then no copy can be trusted.',
    query: touchedQuerySchema,
    answers: { 200: { description: 'Each with the last change that touched it.', schema: touchedSchema } },
    problems: ['not-found', 'malformed-position'],
  },
};
