import { z } from 'zod';
import { limits } from './limits.ts';
import { dateSchema, languageSchema } from './timeline.ts';

const instant = z.iso.datetime({ offset: true, message: 'must be an RFC 3339 instant with an offset' });
const text = (most: number) => z.string().trim().max(most);

/** Only http and https leave this system as links: a `javascript:` source would run in a reader’s browser. */
const webUrl = z.url({ protocol: /^https?$/, message: 'must be an http or https address' }).max(limits.urlCharacters);

export const sourceSchema = z
  .strictObject({
    name: text(limits.shortTextCharacters).min(1).nullable().default(null),
    url: webUrl.nullable().default(null),
  })
  .refine((source) => source.name !== null || source.url !== null, { message: 'needs a name or a url' })
  .meta({ id: 'Source' });

export const placeSchema = z
  .strictObject({
    name: text(limits.shortTextCharacters).min(1),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  })
  .meta({ id: 'Place' });

export const imageSchema = z
  .object({
    id: z.string(),
    alt: z.string(),
    caption: z.string().nullable(),
    credit: z.string().nullable(),
    width: z.number().int(),
    height: z.number().int(),
    variants: z.array(z.object({ url: z.string(), width: z.number().int(), type: z.string() })),
  })
  .meta({ id: 'Image' });

export const updateSchema = z
  .object({
    id: z.string(),
    timeline: z.string(),
    day: z.number().int(),
    date: dateSchema,
    occurredAt: z.string(),
    precision: z.enum(['minute', 'hour', 'day']),
    timeLabel: z.string().nullable(),
    headline: z.string(),
    body: z.string(),
    key: z.boolean(),
    pinned: z.boolean(),
    verification: z.enum(['claim', 'reported', 'confirmed', 'disputed']),
    attribution: z.string().nullable(),
    sources: z.array(z.object({ name: z.string().nullable(), url: z.string().nullable() })),
    place: placeSchema.nullable(),
    images: z.array(imageSchema),
    tags: z.array(z.string()),
    byline: z.string().nullable(),
    language: z.string(),
    status: z.enum(['draft', 'scheduled', 'published', 'retracted']),
    publishedAt: z.string().nullable(),
    revisedAt: z.string().nullable(),
    revision: z.number().int(),
    correction: z.object({ note: z.string(), at: z.string() }).nullable(),
    retraction: z.object({ reason: z.string(), at: z.string() }).nullable(),
    url: z.string(),
  })
  .meta({ id: 'Update' });

export type Update = z.infer<typeof updateSchema>;
export type Image = Update['images'][number];
export type Variant = Image['variants'][number];

/** The fields that staff write. `body` is in the format that `bodyFormat` names; it is sanitised before it is kept. */
const writable = {
  occurredAt: z.union([instant, dateSchema], {
    error: 'must be an RFC 3339 instant with an offset, or a date YYYY-MM-DD from 1900 on',
  }),
  precision: updateSchema.shape.precision,
  timeLabel: text(60).min(1).nullable(),
  headline: text(limits.headlineCharacters).regex(/^[^\r\n]*$/, { message: 'must be one line' }),
  body: z.string().max(limits.bodyCharacters),
  bodyFormat: z.enum(['html', 'markdown', 'text']),
  key: z.boolean(),
  pinned: z.boolean(),
  verification: updateSchema.shape.verification,
  attribution: text(limits.shortTextCharacters).min(1).nullable(),
  sources: z.array(sourceSchema).max(limits.sources),
  place: placeSchema.nullable(),
  images: z
    .array(
      z.strictObject({
        id: z.string().max(64),
        alt: text(limits.imageTextCharacters).min(1, { message: 'is required: say what the image shows' }),
        caption: text(limits.imageTextCharacters).nullish(),
        credit: text(limits.imageTextCharacters).nullish(),
      }),
    )
    .max(limits.images),
  tags: z.array(text(limits.tagCharacters).min(1)).max(limits.tags),
  byline: text(limits.shortTextCharacters).min(1).nullable(),
  language: languageSchema,
};

export const newUpdateSchema = z
  .strictObject({
    ...z.object(writable).partial().shape,
    occurredAt: writable.occurredAt,
    status: z.enum(['draft', 'published']).optional(),
    publishAt: instant.optional(),
  })
  .refine((input) => (input.headline ?? '') !== '' || (input.body ?? '').trim() !== '', {
    message: 'a headline or a body is required',
    path: ['headline'],
  })
  .refine((input) => input.publishAt === undefined || input.status === undefined, {
    message: 'publishAt makes the update scheduled: leave status out',
    path: ['publishAt'],
  })
  .meta({ id: 'NewUpdate' });
export type NewUpdate = z.infer<typeof newUpdateSchema>;

export const updatePatchSchema = z
  .strictObject({
    ...z.object(writable).partial().shape,
    correction: text(limits.reasonCharacters).min(1).optional(),
    status: z.enum(['draft', 'published', 'retracted']).optional(),
    reason: text(limits.reasonCharacters).min(1).optional(),
    publishAt: instant.nullable().optional(),
  })
  .refine((input) => input.status !== 'retracted' || input.reason !== undefined, {
    message: 'a retraction needs its reason',
    path: ['reason'],
  })
  .refine((input) => input.reason === undefined || input.status === 'retracted', {
    message: 'a reason goes with status "retracted"',
    path: ['reason'],
  })
  .meta({ id: 'UpdatePatch' });
export type UpdatePatch = z.infer<typeof updatePatchSchema>;

export const removalSchema = z.strictObject({ reason: text(limits.reasonCharacters).min(1) }).meta({ id: 'Removal' });

const ignoredIfInvalid = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/**
 * One row of an import. Unknown fields are ignored here, and only here: exports of other systems carry more. Fields of an
 * update beyond those that the contract names for a row (our own export has them) are taken where they fit, else ignored.
 */
export const importRowSchema = z
  .object({
    ...z
      .object(writable)
      .pick({
        headline: true,
        body: true,
        bodyFormat: true,
        key: true,
        tags: true,
        language: true,
        byline: true,
      })
      .partial().shape,
    sources: z.array(sourceSchema.strip()).max(limits.sources).optional(),
    occurredAt: writable.occurredAt,
    externalId: text(limits.shortTextCharacters).min(1).nullish(),
    precision: ignoredIfInvalid(writable.precision),
    timeLabel: ignoredIfInvalid(writable.timeLabel),
    verification: ignoredIfInvalid(writable.verification),
    attribution: ignoredIfInvalid(writable.attribution),
    place: ignoredIfInvalid(writable.place),
  })
  .refine((input) => (input.headline ?? '') !== '' || (input.body ?? '').trim() !== '', {
    message: 'a headline or a body is required',
    path: ['headline'],
  })
  .meta({ id: 'ImportRow' });
export type ImportRow = z.infer<typeof importRowSchema>;

/** One earlier or present public wording of an update. */
export interface Revision {
  revision: number;
  at: string;
  note: string | null;
  update: Update;
}
