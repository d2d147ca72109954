import type { Update } from '../../shared/update.ts';
import type { Actor } from '../domain/actor.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { DryRun } from './dry-run.ts';
import { IllustratedImport } from './illustrated-import.ts';
import { type ImportCounts, type ImportJob, type ImportRecord, importRows } from './import.ts';
import { asDeed } from './import-deed.ts';
import { type ImportPlan, namedPlan, type OpenFile, planImport } from './import-plan.ts';
import { type ColumnMap, unmapped } from './importers/column-map.ts';
import type { FormatName } from './importers/formats.ts';
import type { ReadOptions } from './importers/importer.ts';
import type { RowImages } from './row-images.ts';

export interface ForeignImport extends Pick<ImportJob, 'clock' | 'log'> {
  desk: Desk;
  store: Pick<Store, 'timeline' | 'settings' | 'imported' | 'updates'>;
  rowImages: RowImages;
  /** Takes the images of the rows too. */
  images: boolean;
  audit: AuditStore;
  actor: Actor;
  slug: string;
  from: FormatName | null;
  preview: boolean;
  reading: Omit<ReadOptions, 'timeZone'>;
  timeZone: string;
}

/** What an import of a file tells: first its format, at the end of a preview the first rows as they would become, and the counts. */
export type ForeignRecord =
  | { format: FormatName; title: string; columns?: string[]; map?: ColumnMap; unmapped?: string[] }
  | ImportRecord
  | { shown: Update[]; images: number };

/**
 * Prepares the import of a file. A preview of a CSV whose columns say too little names them, and reads no rows. Throws
 * `UnreadableFile` before anything is told.
 */
export async function foreignImport(open: OpenFile, wanted: ForeignImport): Promise<AsyncGenerator<ForeignRecord>> {
  const { from, preview, reading, timeZone } = wanted;
  const options = { ...reading, timeZone };
  const named = await namedPlan(open, from, options);
  const missing = named.map ? unmapped(named.map) : [];
  if (preview && missing.length > 0) return asked(named, missing);
  return run(await planImport(open, { ...options, from: named.format }), wanted);
}

async function* asked({ rows: _, ...plan }: ImportPlan, missing: string[]): AsyncGenerator<ForeignRecord> {
  yield { ...plan, unmapped: missing };
  yield { imported: 0, refused: 0, replayed: 0 } satisfies ImportCounts;
}

async function* run({ rows, ...plan }: ImportPlan, wanted: ForeignImport): AsyncGenerator<ForeignRecord> {
  const { preview, images, store, audit, clock, log, actor, slug } = wanted;
  const dryRun = preview ? new DryRun(store, clock, { takesImages: images }) : null;
  const desk = dryRun ?? (images ? new IllustratedImport(wanted) : wanted.desk);
  yield plan;
  const records = importRows({ desk, actor, slug, rows: rows(), clock, log });
  for await (const record of dryRun ? records : asDeed({ audit, actor, slug, clock }, records)) {
    if (dryRun && 'imported' in record) yield { shown: dryRun.shown, images: dryRun.images };
    yield record;
  }
}
