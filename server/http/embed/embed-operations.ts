import { z } from 'zod';
import { summarySchema } from '../../../shared/summary.ts';
import { timelineSchema } from '../../../shared/timeline.ts';
import { updateSchema } from '../../../shared/update.ts';
import type { Operation } from '../operations.ts';
import { embedQuerySchema } from './embed-queries.ts';
import { oembedQuerySchema, oembedSchema } from './oembed.ts';

const embedViewSchema = z
  .object({
    kind: z.enum(['latest', 'day', 'summary', 'update']),
    key: z.boolean(),
    limit: z.number().int(),
    day: z.number().int().nullable(),
    timeline: timelineSchema,
    title: z.string(),
    origin: z.string(),
    path: z.string().meta({ description: 'Where to read on, from the root.' }),
    updates: z.array(updateSchema),
    more: z.boolean().meta({ description: 'There are more than `limit`.' }),
    summary: summarySchema.nullable(),
    empty: z.string().meta({ description: 'What to say where there is nothing.' }),
    position: z.string(),
  })
  .meta({ id: 'Embed' });

const embedHostsSchema = z
  .object({ hosts: z.array(z.object({ host: z.string(), loads: z.number().int(), lastAt: z.string() })) })
  .meta({ id: 'EmbedHosts' });

export const embedOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/embed': {
    id: 'embed',
    summary: 'What the widget shows',
    description: 'The latest updates, a day, its summary, or one update, with the position from which to follow.',
    query: embedQuerySchema,
    answers: { 200: { description: 'In the order in which it is shown.', schema: embedViewSchema } },
    problems: ['not-found', 'removed', 'validation-failed'],
  },
  'GET /api/v1/timelines/:slug/embed-hosts': {
    id: 'embedHosts',
    summary: 'The sites that show a timeline',
    description:
      'By the name that browsers say of the page around a widget or a frame. Counted are names alone, and how often what they show was asked for; of readers nothing is kept. A site is forgotten 30 days after it last showed it.',
    role: 'reporter',
    answers: { 200: { description: 'Most loads first.', schema: embedHostsSchema } },
    problems: ['not-found'],
  },
  'GET /oembed': {
    id: 'oembed',
    summary: 'What a page of ours looks like in another site’s (oEmbed 1.0)',
    query: oembedQuerySchema,
    answers: { 200: { description: 'A frame, and a link for where none is let through.', schema: oembedSchema } },
    problems: ['not-found', 'validation-failed', 'not-implemented'],
  },
};
