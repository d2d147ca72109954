import { z } from 'zod';
import { limits } from './limits.ts';

const pointSchema = z.strictObject({
  text: z.string().trim().min(1).max(limits.pointCharacters),
  updates: z.array(z.string().max(64)).max(limits.pointUpdates),
});

const sectionSchema = z.strictObject({
  heading: z.string().trim().min(1).max(limits.shortTextCharacters).nullable().default(null),
  points: z.array(pointSchema).max(limits.summaryPoints),
});

export const summarySchema = z
  .object({
    timeline: z.string(),
    day: z.number().int(),
    date: z.string(),
    title: z.string().meta({ example: 'Most important developments of the 124th day of the war on the Gaza Strip' }),
    automatic: z.boolean(),
    sections: z.array(
      z.object({
        heading: z.string().nullable(),
        points: z.array(z.object({ text: z.string(), updates: z.array(z.string()) })),
      }),
    ),
    outdated: z.array(z.string()),
    revision: z.number().int(),
    revisedAt: z.string().nullable(),
  })
  .meta({ id: 'Summary' });

export type Summary = z.infer<typeof summarySchema>;
export type Section = Summary['sections'][number];

export const newSummarySchema = z
  .strictObject({ sections: z.array(sectionSchema).max(limits.summarySections) })
  .meta({ id: 'NewSummary' });
export type NewSummary = z.infer<typeof newSummarySchema>;
