import type { Request } from 'express';
import { z } from 'zod';
import { ok, type Result } from '../../shared/result.ts';
import { mappableFields } from '../newsroom/importers/column-map.ts';
import { type FormatName, formatNames } from '../newsroom/importers/formats.ts';
import { queryOf } from './front.ts';
import { parse } from './parse.ts';

const mapSchema = z
  .string()
  .max(4_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON: {"occurredAt": "column", …}' });
      return z.NEVER;
    }
  })
  .pipe(z.partialRecord(z.enum(mappableFields), z.string().min(1).max(500)));

const askingSchema = z.object({
  from: z.enum(['auto', ...formatNames], `must be auto or one of ${formatNames.join(', ')}`).optional(),
  preview: z.literal('1', 'must be 1').optional(),
  images: z.literal('1', 'must be 1').optional(),
  map: mapSchema.optional(),
  encoding: z.string().max(40).optional(),
  timeFormat: z.string().max(60).optional(),
});

/** The same as it stands in the address, for the documentation. */
export const importQuerySchema = z.object({
  from: askingSchema.shape.from,
  preview: askingSchema.shape.preview.meta({ description: 'Tells what would come in, and writes nothing.' }),
  images: askingSchema.shape.images.meta({
    description:
      'Takes the images too, fetched from the addresses that the file names. Each needs an alternative text there.',
  }),
  map: z
    .string()
    .optional()
    .meta({ description: 'CSV: JSON, a field of a row → a column, or a text with {columns} in it.' }),
  encoding: askingSchema.shape.encoding,
  timeFormat: askingSchema.shape.timeFormat.meta({ description: 'CSV: Luxon’s tokens, where times are no ISO 8601.' }),
});

export interface ImportAsking {
  /** null: told from the file. */
  from: FormatName | null;
  preview: boolean;
  images: boolean;
  reading: { map?: z.infer<typeof mapSchema>; encoding?: string; timeFormat?: string };
}

/** What an import is asked for besides its rows; null: the plain import of NDJSON. */
export function importAsking(req: Request): Result<ImportAsking | null> {
  const query = queryOf(req.originalUrl, ['from', 'preview', 'images', 'map', 'encoding', 'timeFormat']);
  if (Object.keys(query).length === 0) return ok(null);
  const parsed = parse(askingSchema, query);
  if (!parsed.ok) return parsed;
  const { from = 'ndjson', preview, images, map, encoding, timeFormat } = parsed.value;
  return ok({
    from: from === 'auto' ? null : from,
    preview: preview !== undefined,
    images: images !== undefined,
    reading: { ...(map && { map }), ...(encoding && { encoding }), ...(timeFormat && { timeFormat }) },
  });
}
