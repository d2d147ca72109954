import { pino } from 'pino';
import type { Actor } from '../../server/domain/actor.ts';
import { type ImportJob, type ImportRecord, importRows } from '../../server/newsroom/import.ts';
import { readNdjson } from '../../server/newsroom/importers/ndjson-rows.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ImportRow } from '../../shared/update.ts';

export const editor: Actor = { id: 'e1', name: 'Editor', role: 'editor', timelines: null };

export const bytesOf = (text: string): Uint8Array => Buffer.from(text);

export const ndjson = (...rows: unknown[]): Uint8Array =>
  bytesOf(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** The bytes in chunks of `size`, wherever that cuts. */
export async function* inChunks(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

type Imported = Result<{ kind: 'imported' | 'replayed'; id: string }>;

/** Stands for the Desk: keeps rows by external id or headline, and lets a test decide how each attempt ends. */
export class FakeDesk {
  readonly rows: ImportRow[] = [];
  attempts = 0;
  underWay = 0;
  mostUnderWay = 0;
  before: (row: ImportRow, attempt: number) => Imported | Promise<void> | undefined = () => undefined;

  async importRow(_actor: Actor, _slug: string, row: ImportRow): Promise<Imported> {
    this.attempts += 1;
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      const decided = await this.before(row, this.attempts);
      if (decided) return decided;
      await new Promise((resolve) => setImmediate(resolve));
      return this.#keep(row);
    } finally {
      this.underWay -= 1;
    }
  }

  #keep(row: ImportRow): Imported {
    const mark = (known: ImportRow): string => known.externalId ?? known.headline ?? '';
    const at = this.rows.findIndex((known) => mark(known) === mark(row));
    if (at >= 0) return ok({ kind: 'replayed', id: `u${at}` });
    this.rows.push(row);
    return ok({ kind: 'imported', id: `u${this.rows.length - 1}` });
  }
}

export function job(
  desk: ImportJob['desk'],
  input: AsyncIterable<Uint8Array>,
  more: Partial<ImportJob> = {},
): ImportJob {
  const log = pino({ level: 'silent' });
  return {
    desk,
    actor: editor,
    slug: 'gaza',
    rows: readNdjson(input, { timeZone: 'utc' }),
    clock: Date.now,
    log,
    firstPauseMs: 1,
    ...more,
  };
}

export async function recordsOf(wanted: ImportJob): Promise<ImportRecord[]> {
  const records: ImportRecord[] = [];
  for await (const record of importRows(wanted)) records.push(record);
  return records;
}

/** All records but progress, whose number depends on the machine. */
export const withoutProgress = (records: ImportRecord[]): ImportRecord[] =>
  records.filter((record) => !('progress' in record));

/** A promise and what resolves it (Node 20 has no `Promise.withResolvers`). */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
