import { z } from 'zod';
import type { Change } from '../../shared/change.ts';
import type { DayEntry, DayView } from '../../shared/day.ts';
import type { Missed } from '../../shared/missed.ts';
import type { Head } from '../../shared/position.ts';
import { type Problem, type ProblemCode, problemTable } from '../../shared/problems.ts';
import type { ChangesAnswer } from '../../shared/protocol.ts';
import { summarySchema } from '../../shared/summary.ts';
import { timelineSchema } from '../../shared/timeline.ts';
import { type Revision, updateSchema } from '../../shared/update.ts';
import type { ImportRecord } from '../newsroom/import.ts';
import { tokenSchema } from '../newsroom/tokens.ts';

/** Schemas of answers that nothing has to parse, for the OpenAPI document; held to the types they describe by the compiler. */
const described = <T>(schema: z.ZodType<T>): z.ZodType<T> => schema;

const position = z.string().meta({ description: 'Where a follower stands: `epoch:seq`.', example: 'k3v9x2:125' });
const codes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]];

export const problemSchema = described<Problem>(
  z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.number().int(),
      detail: z.string(),
      code: z.enum(codes),
      errors: z
        .array(z.object({ path: z.string().meta({ example: '/headline' }), message: z.string() }))
        .exactOptional(),
      current: z
        .unknown()
        .exactOptional()
        .meta({ description: 'With `stale-revision`: the whole object as it now stands.' }),
    })
    .meta({ id: 'Problem', description: 'RFC 9457. `code` is stable; /docs/problems lists them all.' }),
);

export const timelinesSchema = z.object({ timelines: z.array(timelineSchema) }).meta({ id: 'Timelines' });

const dayEntrySchema = described<DayEntry>(
  z
    .object({
      day: z.number().int(),
      date: z.string(),
      updates: z.number().int(),
      key: z.number().int(),
      hasSummary: z.boolean().meta({ description: 'One that an editor wrote.' }),
      revisedAt: z.string().nullable(),
    })
    .meta({ id: 'DayEntry' }),
);

export const daysSchema = z.object({ days: z.array(dayEntrySchema) }).meta({ id: 'Days' });

export const dayViewSchema = described<DayView>(
  z
    .object({
      timeline: z.string(),
      day: z.number().int(),
      date: z.string(),
      label: z.string().meta({ example: '124th day' }),
      summary: summarySchema.nullable(),
      updates: z
        .array(updateSchema)
        .meta({ description: 'Newest event first; equal instants: newest publication first.' }),
      more: z.string().nullable().meta({ description: 'Send it as `after` for the updates that follow.' }),
      position,
      previous: z.number().int().nullable(),
      next: z.number().int().nullable(),
    })
    .meta({ id: 'Day' }),
);

const revisionSchema = described<Revision>(
  z
    .object({ revision: z.number().int(), at: z.string(), note: z.string().nullable(), update: updateSchema })
    .meta({ id: 'Revision' }),
);

export const headSchema = described<Head>(
  z.object({ position, hash: z.string().meta({ description: 'SHA-256, hex.' }) }).meta({ id: 'Head' }),
);

export const revisionsSchema = z.object({ revisions: z.array(revisionSchema) }).meta({ id: 'Revisions' });

const entry = {
  timeline: z.string(),
  seq: z.number().int(),
  hash: z
    .string()
    .meta({ description: 'SHA-256, chained to the hash of the change before, over a digest of this one.' }),
  at: z.string(),
};
const ofDay = { ...entry, day: z.number().int(), date: z.string() };

export const changeSchema = described<Change>(
  z
    .discriminatedUnion('type', [
      z.object({ ...ofDay, type: z.literal('update.published'), update: updateSchema }),
      z.object({
        ...ofDay,
        type: z.literal('update.revised'),
        update: updateSchema,
        previousDay: z.number().int().exactOptional(),
      }),
      z.object({ ...ofDay, type: z.literal('update.retracted'), update: updateSchema }),
      z.object({ ...ofDay, type: z.literal('update.removed'), id: z.string() }),
      z.object({ ...ofDay, type: z.literal('summary.revised'), summary: summarySchema }),
      z.object({
        ...entry,
        type: z.literal('timeline.revised'),
        day: z.null(),
        date: z.null(),
        record: timelineSchema,
      }),
    ])
    .meta({ id: 'Change', description: 'One entry of a timeline’s public log. Pass over types that you don’t know.' }),
);

export const changesAnswerSchema = described<ChangesAnswer>(
  z
    .union([z.object({ changes: z.array(changeSchema), position }), z.object({ reset: z.literal(true), position })])
    .meta({ id: 'Changes' }),
);

export const tokenMadeSchema = tokenSchema
  .extend({ token: z.string().meta({ description: 'Shown here, and never again.' }) })
  .meta({ id: 'TokenMade' });

export const tokensSchema = z.object({ tokens: z.array(tokenSchema) }).meta({ id: 'Tokens' });

const count = z.number().int();
const counts = { imported: count, refused: count, replayed: count };

export const importRecordSchema = described<ImportRecord>(
  z
    .union([
      z.object({ line: z.number().int(), problem: problemSchema }),
      z.object({ line: z.number().int(), notice: z.string() }),
      z.object({ progress: z.object({ lines: count, ...counts }) }),
      z.object({ ...counts, stopped: z.object({ line: count, problem: problemSchema }).exactOptional() }),
    ])
    .meta({
      id: 'ImportRecord',
      description: 'A refused row, what of a row was not taken, progress (at least each second), or, last, the counts.',
    }),
);

export const exportLineSchema = z
  .union([
    timelineSchema.extend({ kind: z.literal('timeline') }),
    updateSchema.extend({ kind: z.literal('update') }),
    summarySchema.extend({ kind: z.literal('summary') }),
  ])
  .meta({ id: 'ExportLine' });

export const missedSchema = described<Missed>(
  z
    .object({
      updates: count,
      key: count,
      corrections: count,
      days: z.array(count),
      summaries: z.array(count),
      first: z.object({ id: z.string(), day: count }).nullable(),
      ids: z.array(z.string()),
    })
    .meta({ id: 'Missed' }),
);
