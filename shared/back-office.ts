import { z } from 'zod';
import { limits } from './limits.ts';
import { type ProblemCode, problemTable } from './problems.ts';
import { staffUpdateSchema } from './staff-update.ts';
import { summarySchema } from './summary.ts';
import { updateSchema } from './update.ts';

const tag = z.string().trim().min(1).max(limits.tagCharacters);

const bulkChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), tag }),
  z.strictObject({ kind: z.literal('untag'), tag }),
  z.strictObject({ kind: z.literal('flag') }),
  z.strictObject({ kind: z.literal('unflag') }),
  z.strictObject({ kind: z.literal('retract'), reason: z.string().trim().min(1).max(limits.reasonCharacters) }),
]);
export type BulkChange = z.infer<typeof bulkChangeSchema>;

/** One change of many updates, each as somebody has seen it. */
export const bulkSchema = z
  .strictObject({
    change: bulkChangeSchema,
    updates: z
      .array(z.strictObject({ id: z.string().max(64), revision: z.number().int().min(1) }))
      .min(1)
      .max(limits.bulkUpdates),
  })
  .meta({ id: 'Bulk' });
export type Bulk = z.infer<typeof bulkSchema>;

const codes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]];

/** What became of each, in the order in which they were named: the revision at which it now stands, or why it doesn’t. */
export const bulkReportSchema = z
  .object({
    results: z.array(
      z.object({
        id: z.string(),
        revision: z.number().int().nullable(),
        problem: z.object({ code: z.enum(codes), detail: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkReport' });
export type BulkReport = z.infer<typeof bulkReportSchema>;

export const recordSorts = ['newest', 'oldest', 'changed'] as const;
export type RecordSort = (typeof recordSorts)[number];

/** One page of a timeline’s whole record. */
export const recordPageSchema = z
  .object({
    updates: z.array(staffUpdateSchema),
    more: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `after` for what follows; there may be more, or not.' }),
    total: z.number().int().nullable().meta({ description: 'How many there are in all, where that is known.' }),
  })
  .meta({ id: 'RecordPage' });
export type RecordPage = z.infer<typeof recordPageSchema>;

export const dayStatisticsSchema = z
  .object({
    day: z.number().int(),
    date: z.string(),
    updates: z.number().int(),
    key: z.number().int(),
    corrected: z.number().int(),
    retracted: z.number().int(),
    authors: z.array(z.object({ id: z.string(), name: z.string().nullable(), updates: z.number().int() })),
    verification: z.object({
      claim: z.number().int(),
      reported: z.number().int(),
      confirmed: z.number().int(),
      disputed: z.number().int(),
    }),
  })
  .meta({ id: 'DayStatistics' });
export type DayStatistics = z.infer<typeof dayStatisticsSchema>;

export const statisticsSchema = z
  .object({
    days: z.array(dayStatisticsSchema).meta({ description: 'Newest first; only days that have updates.' }),
    more: z.string().nullable().meta({ description: 'The date to send as `to` for the days before these.' }),
  })
  .meta({ id: 'Statistics' });
export type Statistics = z.infer<typeof statisticsSchema>;

/** One version of an editor’s summary, with the revision of each cited update at which it was written. */
export const summaryVersionSchema = z
  .object({
    revision: z.number().int(),
    revisedAt: z.string(),
    sections: summarySchema.shape.sections,
    cited: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'SummaryVersion' });
export type SummaryVersion = z.infer<typeof summaryVersionSchema>;

export const summaryVersionsSchema = z
  .object({ versions: z.array(summaryVersionSchema).meta({ description: 'Newest first.' }) })
  .meta({ id: 'SummaryVersions' });

const stretchesSchema = z
  .array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }))
  .nullable()
  .meta({ description: 'null: the same.' });

/** A cited update that stands otherwise than when it was cited. `now` null: it was taken down. */
export const citedChangeSchema = z
  .object({
    id: z.string(),
    revision: z.number().int().meta({ description: 'At which it was cited.' }),
    now: updateSchema.nullable(),
    differences: z
      .object({
        headline: stretchesSchema,
        body: stretchesSchema,
        facts: z.array(
          z.object({
            name: z.enum(['occurredAt', 'verification', 'attribution', 'sources', 'place']),
            before: z.string(),
            after: z.string(),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'CitedChange' });
export type CitedChange = z.infer<typeof citedChangeSchema>;

export const citedChangesSchema = z.object({ changes: z.array(citedChangeSchema) }).meta({ id: 'CitedChanges' });
