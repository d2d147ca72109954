import type { Actor } from '../domain/actor.ts';
import { audited } from '../domain/audited.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { ImportCounts, ImportRecord } from './import.ts';

export interface ImportDeed {
  audit: AuditStore;
  actor: Actor;
  slug: string;
  clock: () => number;
}

/** Passes an import’s records on, and writes it into the audit log when it ends, also where it ends before its end. */
export async function* asDeed(
  { audit, actor, slug, clock }: ImportDeed,
  records: AsyncIterable<ImportRecord>,
): AsyncGenerator<ImportRecord> {
  let counts: ImportCounts = { imported: 0, refused: 0, replayed: 0 };
  try {
    for await (const record of records) {
      counts = countsOf(record) ?? counts;
      yield record;
    }
  } finally {
    const { imported, refused, replayed } = counts;
    const reason = `${imported} imported, ${refused} refused, ${replayed} known`;
    await audit.put(
      { timeline: slug, kept: 'deeds' },
      audited(actor, clock(), { action: 'timeline.import', target: slug, reason }),
    );
  }
}

function countsOf(record: ImportRecord): ImportCounts | null {
  if ('progress' in record) return record.progress;
  return 'imported' in record ? record : null;
}
