import type { Logger } from 'pino';
import { type Problem, problem } from '../../shared/problems.ts';
import type { Result } from '../../shared/result.ts';
import type { ImportRow } from '../../shared/update.ts';
import type { Actor } from '../domain/actor.ts';
import { StoreUnavailable } from '../store/store.ts';
import { parseImportRow } from './import-row.ts';
import type { ForeignImage } from './importers/foreign-images.ts';
import type { GivenRow } from './importers/importer.ts';
import { Outage } from './outage.ts';

export interface ImportCounts {
  imported: number;
  refused: number;
  replayed: number;
}

/** Where an import had to end before its input did. Nothing from `line` on is sure to be stored; the same file again is safe. */
export interface ImportStop {
  line: number;
  problem: Problem;
}

/**
 * What an import tells while it runs, a line each: refused rows, what of an imported row was not taken, progress at least each
 * second, and at last the counts.
 */
export type ImportRecord =
  | { line: number; problem: Problem }
  | { line: number; notice: string }
  | { progress: ImportCounts & { lines: number } }
  | (ImportCounts & { stopped?: ImportStop });

export interface ImportedRow {
  kind: 'imported' | 'replayed';
  id: string;
  /** What of its images was not taken; absent where none are. */
  notices?: readonly string[];
}

export interface ImportJob {
  /** The Desk, or what stands for it. */
  desk: {
    importRow(
      actor: Actor,
      slug: string,
      row: ImportRow,
      images: readonly ForeignImage[],
    ): Promise<Result<ImportedRow>>;
  };
  actor: Actor;
  slug: string;
  rows: AsyncIterable<GivenRow>;
  clock: () => number;
  log: Logger;
  /** Rows under way at once. */
  window?: number;
  /** How often progress is told at the latest. */
  progressMs?: number;
  /** How long a store that can't be reached is waited for. */
  giveUpMs?: number;
  firstPauseMs?: number;
}

type Outcome =
  | { kind: 'imported' | 'replayed'; line: number; notices: readonly string[] }
  | { kind: 'blank' }
  | { kind: 'refused' | 'stopped'; line: number; problem: Problem };
interface CheckedRow {
  line: number;
  row: ImportRow;
  images: readonly ForeignImage[];
  notices: readonly string[];
}
type Event = Outcome | { kind: 'read'; row: GivenRow | null } | { kind: 'tick' };

/**
 * Imports rows, streaming: takes some while earlier ones are being written, and tells of each as soon as it and all before it
 * are settled. Up to `window` rows are under way at once, because with fsync on every write one after the
 * other is many times slower. They are handed to the desk in the order of the file and go over one connection, so the log
 * follows the file; only a row that has to be tried again may fall behind its neighbours. Two equal rows in one window
 * are one update all the same: the store checks marks in the step that writes.
 *
 * A store that can't be reached is waited for; every row is idempotent by its external id or content, so trying again is
 * safe (a row whose first attempt was written unnoticed then counts as replayed). Throws only where the input does.
 */
export async function* importRows(job: ImportJob): AsyncGenerator<ImportRecord> {
  const counts = { lines: 0, imported: 0, refused: 0, replayed: 0 };
  let stopped: ImportStop | undefined;
  for await (const event of events(job, () => stopped === undefined)) {
    if (event.kind === 'read') counts.lines = event.row?.line ?? counts.lines;
    else if (event.kind === 'tick') yield { progress: { ...counts } };
    else if (event.kind === 'stopped') stopped ??= { line: event.line, problem: event.problem };
    else if (event.kind !== 'blank') {
      counts[event.kind] += 1;
      if (event.kind === 'refused') yield { line: event.line, problem: event.problem };
      if ('notices' in event) for (const notice of event.notices) yield { line: event.line, notice };
    }
  }
  const { lines: _, ...last } = counts;
  yield stopped ? { ...last, stopped } : last;
}

/** Rows read, rows settled (in the order of the file) and ticks, as they happen; reads on while `reading()` and there is room. */
async function* events(job: ImportJob, reading: () => boolean): AsyncGenerator<Event> {
  const { window = 32, progressMs = 700 } = job;
  const rows = job.rows[Symbol.asyncIterator]();
  const outage = new Outage({
    clock: job.clock,
    giveUpMs: job.giveUpMs ?? 60_000,
    firstPauseMs: job.firstPauseMs ?? 100,
  });
  const underWay: Promise<Event>[] = [];
  const ticker = new Ticker(progressMs);
  let next: Promise<Event> | null = null;
  let ended = false;
  try {
    for (;;) {
      if (!reading()) ended = true;
      if (!ended && next === null && underWay.length < window) next = nextRow(rows);
      const [oldest] = underWay;
      const waiting = [ticker.tick, ...(oldest ? [oldest] : []), ...(next && !ended ? [next] : [])];
      if (waiting.length === 1) return;
      const event = await Promise.race(waiting);
      if (event.kind === 'tick') ticker.restart();
      else if (event.kind === 'read') {
        next = null;
        if (event.row) underWay.push(settle(job, outage, event.row));
        else ended = true;
      } else underWay.shift();
      yield event;
    }
  } finally {
    ticker.stop();
    // Whoever has ended the import early, or broken off its input, gets control back when nothing of it runs any more.
    outage.giveUp();
    await Promise.all(underWay);
    // Not awaited: a giver that has stopped sending would keep this import alive for ever.
    rows
      .return?.(undefined)
      .catch((error: unknown) => job.log.debug({ err: error, timeline: job.slug }, 'import: the input ended badly'));
  }
}

async function nextRow(rows: AsyncIterator<GivenRow>): Promise<Event> {
  const { value, done } = await rows.next();
  return { kind: 'read', row: done ? null : value };
}

/** Brings one row to its end. Never rejects: a row that breaks something must not end the import of all others. */
async function settle(
  job: ImportJob,
  outage: Outage,
  { line, row, images = [], notices = [] }: GivenRow,
): Promise<Outcome> {
  try {
    const fields = row.ok && row.value !== null ? parseImportRow(row.value) : row;
    if (!fields.ok) return { kind: 'refused', line, problem: fields.problem };
    if (fields.value === null) return { kind: 'blank' };
    return await write(job, outage, { line, row: fields.value as ImportRow, images, notices });
  } catch (error) {
    job.log.error({ err: error, timeline: job.slug, line }, 'import: a row failed');
    return {
      kind: 'refused',
      line,
      problem: problem('internal', 'this row could not be handled; the server’s log says why'),
    };
  }
}

async function write(job: ImportJob, outage: Outage, { line, row, images, notices }: CheckedRow): Promise<Outcome> {
  for (;;) {
    try {
      const result = await job.desk.importRow(job.actor, job.slug, row, images);
      outage.over();
      if (result.ok) {
        const { kind, notices: ofImages } = result.value;
        const own = kind === 'imported' ? [...notices, ...(ofImages ?? leftOut(images))] : (ofImages ?? []);
        return { kind, line, notices: own };
      }
      return { kind: endsTheImport(result.problem) ? 'stopped' : 'refused', line, problem: result.problem };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      job.log.warn({ err: error, timeline: job.slug, line }, 'import: the store cannot be reached, trying again');
      if (!(await outage.wait())) {
        const detail =
          'the store could not be reached: import the same file again, what is stored already will not be doubled';
        return { kind: 'stopped', line, problem: problem('store-unavailable', detail) };
      }
    }
  }
}

const leftOut = ({ length }: readonly ForeignImage[]): string[] =>
  length === 0 ? [] : [`${length} ${length === 1 ? 'image' : 'images'} left out`];

/** Refusals that every further row would meet too: the timeline is gone, or the right to write to it, or all is on hold. */
const endsTheImport = ({ status, code }: Problem): boolean =>
  status === 401 || status === 403 || status === 404 || code === 'publication-on-hold';

class Ticker {
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  tick: Promise<Event>;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
    this.tick = this.#wait();
  }

  restart(): void {
    this.tick = this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): Promise<Event> {
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, this.#everyMs, { kind: 'tick' });
    });
  }
}
