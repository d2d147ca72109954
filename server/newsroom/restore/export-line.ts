import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { type Problem, problem } from '../../../shared/problems.ts';
import { newSummarySchema } from '../../../shared/summary.ts';
import { dateSchema, type TimelineRecord, timelineSchema } from '../../../shared/timeline.ts';
import { newUpdateSchema, type Update, updateSchema } from '../../../shared/update.ts';
import { type AppearanceLine, appearanceLineSchema } from './appearance-line.ts';

const idSchema = z.string().regex(/^[0-9a-z]{26}$/, { message: 'must be an id of Daymark’s' });
const instantSchema = z.iso.datetime({ precision: 3, message: 'must be an instant in UTC with milliseconds' });
const revision = z.number().int().min(1);
const { sections } = newSummarySchema.shape;
const noteSchema = z.string().min(1).max(limits.reasonCharacters);

/** What staff write of an update, under the same rules as when they do: a file may come from anywhere. */
const written = z.object(newUpdateSchema.shape).omit({ status: true, publishAt: true, bodyFormat: true, images: true });

/** Pictures lie on this server, or nowhere. */
const isOwn = (image: Update['images'][number]): boolean => image.variants.every(({ url }) => /^\/[^/\\]/.test(url));

const restoredSchema = updateSchema
  .extend({
    id: idSchema,
    status: z.enum(['published', 'retracted']),
    publishedAt: instantSchema,
    revisedAt: instantSchema.nullable(),
    occurredAt: instantSchema,
    revision,
    correction: z.object({ note: noteSchema, at: instantSchema }).nullable(),
    retraction: z.object({ reason: noteSchema, at: instantSchema }).nullable(),
  })
  .superRefine((update, context) => {
    for (const { path, message } of written.safeParse(update).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: [...path], message });
    if (!update.images.every(isOwn))
      context.addIssue({ code: 'custom', path: ['images'], message: 'must lie on this server' });
  });

const summaryShape = { date: dateSchema, sections, revision, revisedAt: instantSchema };
const schemas = {
  timeline: timelineSchema,
  appearance: appearanceLineSchema,
  revision: z.object({ update: restoredSchema }),
  update: restoredSchema,
  'summary-revision': z.object(summaryShape),
  summary: z.object({ ...summaryShape, outdated: z.array(z.string()) }),
  removed: z.object({ id: idSchema, date: dateSchema, day: z.number().int(), at: instantSchema }),
} as const;
type Kind = keyof typeof schemas;

export interface RestoredSummary {
  date: string;
  sections: z.infer<typeof sections>;
  outdated: string[];
  revision: number;
  revisedAt: string;
}

/** One line of an export, as what is to be put back; `at`: when it was written first. */
export type ExportLine =
  | { kind: 'timeline'; at: string; record: TimelineRecord }
  | { kind: 'appearance'; at: string; appearance: AppearanceLine }
  | { kind: 'update'; at: string; update: Update }
  | { kind: 'summary'; at: string; summary: RestoredSummary }
  | { kind: 'removed'; at: string; id: string; date: string; day: number };

/** Reads a line. Null: a kind that a later version brings. Throws `BadLine`. */
export function readExportLine(text: string): ExportLine | null {
  const fields = parsedLine(text);
  const kind = 'kind' in fields ? String(fields.kind) : '';
  if (!Object.hasOwn(schemas, kind)) return null;
  const parsed = schemas[kind as Kind].safeParse(fields);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('/') || kind}: ${message}`);
    throw new BadLine(problem('validation-failed', faults.slice(0, 5).join('; ')));
  }
  return lineOf(kind as Kind, parsed.data);
}

/** Behind everything that has a time: it is set as what it is now. */
const last = '9999';

function lineOf(kind: Kind, data: z.infer<(typeof schemas)[Kind]>): ExportLine {
  if ('dayOne' in data) {
    const { today: _, position: __, ...record } = data;
    return { kind: 'timeline', at: '', record };
  }
  if ('siteName' in data) return { kind: 'appearance', at: last, appearance: data };
  if ('update' in data || 'occurredAt' in data) {
    const update: Update = 'update' in data ? data.update : data;
    return { kind: 'update', at: update.revisedAt ?? update.publishedAt ?? '', update };
  }
  if ('sections' in data)
    return { kind: 'summary', at: data.revisedAt, summary: { outdated: [], ...data } as RestoredSummary };
  return { kind: 'removed', ...data } as ExportLine & { kind: typeof kind };
}

function parsedLine(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BadLine(problem('malformed-json', 'the line is not a JSON object'));
}

export class BadLine extends Error {
  override name = 'BadLine';
  readonly problem: Problem;

  constructor(reason: Problem) {
    super(reason.detail);
    this.problem = reason;
  }
}
