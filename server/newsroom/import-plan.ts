import type { ColumnMap } from './importers/column-map.ts';
import { csvColumns } from './importers/csv.ts';
import { detectFormat, startOf } from './importers/detect.ts';
import { type FormatName, formats } from './importers/formats.ts';
import type { GivenRow, ReadOptions } from './importers/importer.ts';

/** A file that can be read more than once; each call begins anew. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

export interface PlanOptions extends ReadOptions {
  /** The file’s format; null: it is told from how the file begins. */
  from: FormatName | null;
}

export interface ImportPlan {
  format: FormatName;
  title: string;
  /** CSV: the names in its first line, and which of them are taken for what. */
  columns?: string[];
  map?: ColumnMap;
  rows: () => AsyncGenerator<GivenRow>;
}

/**
 * Tells a file’s format, and reads it once to its end before anything of it is imported: a file that is cut off, in another
 * encoding or hostile is refused whole, not after its first half. Only of NDJSON each line stands for itself. Throws
 * `UnreadableFile`.
 */
export async function planImport(open: OpenFile, { from, ...options }: PlanOptions): Promise<ImportPlan> {
  const plan = await namedPlan(open, from, options);
  if (plan.format !== 'ndjson') for await (const _ of plan.rows());
  return plan;
}

/** The same without reading to the end: what the file is, and for CSV its columns. */
export async function namedPlan(open: OpenFile, from: FormatName | null, options: ReadOptions): Promise<ImportPlan> {
  const start = from !== null && from !== 'csv' ? null : await startOf(open(), options.encoding);
  const format = from ?? detectFormat(start ?? '');
  const { title, read, survey } = formats[format];
  let found: Promise<Partial<ReadOptions>> | undefined;
  const rows = async function* () {
    found ??= survey ? survey(open(), options) : Promise.resolve({});
    yield* read(open(), { ...options, ...(await found) });
  };
  if (format !== 'csv' || start === null) return { format, title, rows };
  const { columns, map } = csvColumns(start);
  return { format, title, columns, map: { ...map, ...options.map }, rows };
}
