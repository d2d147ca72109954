import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { problem } from '../../shared/problems.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import type { Desk } from '../newsroom/desk.ts';
import { exportTimeline } from '../newsroom/export.ts';
import { exportCsv } from '../newsroom/export-csv.ts';
import { foreignImport } from '../newsroom/foreign-import.ts';
import { importRows } from '../newsroom/import.ts';
import { asDeed } from '../newsroom/import-deed.ts';
import { UnreadableFile } from '../newsroom/importers/importer.ts';
import { readNdjson } from '../newsroom/importers/ndjson-rows.ts';
import type { RowImages } from '../newsroom/row-images.ts';
import { SpoolFull, spooled } from '../newsroom/spool.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { Store } from '../store/store.ts';
import { chooseEncoding } from './encoding.ts';
import { queryOf } from './front.ts';
import { importAsking } from './import-asking.ts';
import { codeOf, sendProblem } from './problems.ts';
import type { Query } from './queries.ts';
import type { StaffAsk } from './staff.ts';
import { Turnstile } from './turnstile.ts';

export const ndjsonType = 'application/x-ndjson; charset=utf-8';

/** Each export reads the whole store and has a compressor of its own: a handful at once is what a node carries. */
export const defaultExportLimits: ExportLimits = { perAddress: 4, inAll: 16, stuckMs: 30_000 };

export interface ExportLimits {
  perAddress: number;
  inAll: number;
  /** An export of which the reader has taken nothing for so long is cut off. */
  stuckMs: number;
}

export interface TransferParts {
  store: Store;
  audit: AuditStore;
  live: Pick<LiveLog, 'timeline'>;
  desk: Desk;
  rowImages: RowImages;
  storage: Pick<MediaStorage, 'get'>;
  clock: () => number;
  log: Logger;
  addressOf: (req: IncomingMessage) => string;
  exports?: Partial<ExportLimits>;
}

export interface Transfers {
  importRows: (ask: StaffAsk, res: Response) => Promise<void>;
  exportTimeline: RequestHandler;
  exportCsv: RequestHandler;
}

/** Whole timelines, in and out, a line at a time: however long they are, a few lines are in memory. */
export function transfers(parts: TransferParts): Transfers {
  const { store, audit, live, desk, rowImages, storage, clock, log, addressOf, exports } = parts;
  const limits = { ...defaultExportLimits, ...exports };
  const turnstile = new Turnstile(limits);
  const exporter =
    (ending: string, type: string, write: (slug: string, query: Query) => AsyncGenerator<string>): RequestHandler =>
    async (req, res) => {
      const slug = String(req.params['slug']);
      if (!live.timeline(slug))
        return sendProblem(req, res, problem('not-found', `There is no timeline ${slug.slice(0, 64)}.`));
      const leave = turnstile.enter(addressOf(req));
      if (!leave) {
        const detail = 'Too many exports are under way. Try again in 10 s.';
        return sendProblem(req, res, problem('too-many-requests', detail), { 'Retry-After': '10' });
      }
      res.once('close', leave);
      res.setTimeout(limits.stuckMs, () => {
        log.info({ timeline: slug }, 'an export was cut off: nobody reads it');
        res.destroy();
      });
      await store.ping();
      res.setHeader('Content-Type', type);
      res.setHeader('Cache-Control', 'public, no-cache');
      res.setHeader('Vary', 'Accept-Encoding');
      res.setHeader('Content-Disposition', `attachment; filename="${slug}.${ending}"`);
      if (req.method === 'HEAD') return void res.end();
      await toTheEnd(
        Readable.from(write(slug, queryOf(req.originalUrl, ['revisions']))),
        res,
        log,
        slug,
        compressor(req, res),
      );
    };
  return {
    importRows: async ({ actor, params, req }, res) => {
      const slug = params['slug'] ?? '';
      const asking = importAsking(req);
      if (!asking.ok) return sendProblem(req, res, asking.problem);
      if (asking.value === null && !isNdjson(req))
        return sendProblem(
          req,
          res,
          problem('unsupported-media-type', 'Send application/x-ndjson, in UTF-8; or say from=auto.'),
        );
      const timeline = live.timeline(slug);
      if (!timeline) return sendProblem(req, res, problem('not-found', `There is no timeline ${slug.slice(0, 64)}.`));
      if (asking.value === null) {
        const rows = readNdjson(req, { timeZone: 'utc' });
        const records = importRows({ desk, actor, slug, rows, clock, log });
        return answerLines(res, asDeed({ audit, actor, slug, clock }, records), log, slug);
      }
      const { timeZone } = timeline.record;
      const wanted = { store, audit, desk, rowImages, actor, slug, timeZone, clock, log, ...asking.value };
      try {
        await spooled(req, async (open) => answerLines(res, await foreignImport(open, wanted), log, slug));
      } catch (error) {
        if (error instanceof SpoolFull) return sendProblem(req, res, problem('too-large', error.message));
        if (!(error instanceof UnreadableFile)) throw error;
        sendProblem(req, res, problem('unreadable-file', error.message));
      }
    },

    exportTimeline: exporter('ndjson', ndjsonType, (slug, { revisions }) =>
      exportTimeline(store, slug, clock(), { revisions: revisions === '1', storage }),
    ),
    exportCsv: exporter('csv', 'text/csv; charset=utf-8', (slug) => exportCsv(store, slug)),
  };
}

async function answerLines(res: Response, records: AsyncIterable<unknown>, log: Logger, slug: string): Promise<void> {
  res.writeHead(200, {
    'Content-Type': ndjsonType,
    'Cache-Control': 'private, no-store',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  await toTheEnd(Readable.from(lines(records)), res, log, slug);
}

async function* lines(records: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

/**
 * Sends a stream no faster than it is read. Where the reader goes away, or the source fails in the middle, the answer is
 * cut off: half of an export must not look like a whole one.
 */
async function toTheEnd(
  from: Readable,
  res: Response,
  log: Logger,
  slug: string,
  through?: NodeJS.ReadWriteStream,
): Promise<void> {
  try {
    if (through) await pipeline(from, through, res);
    else await pipeline(from, res);
  } catch (error) {
    const left = codeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE';
    if (left) log.debug({ timeline: slug }, 'a reader left in the middle of a transfer');
    else log.warn({ err: error, timeline: slug }, 'a transfer was cut off');
    res.destroy();
  }
}

function compressor(req: Request, res: Response): NodeJS.ReadWriteStream | undefined {
  const encoding = chooseEncoding(req.headers['accept-encoding']);
  if (encoding === 'identity') return undefined;
  res.setHeader('Content-Encoding', encoding);
  return encoding === 'gzip' ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

/** `application/x-ndjson`, in UTF-8 as always; no content encoding, as rows are taken while they arrive. */
function isNdjson(req: Request): boolean {
  const [type = '', charset] = (req.headers['content-type'] ?? '').toLowerCase().split(';');
  const plain = (req.headers['content-encoding'] ?? 'identity') === 'identity';
  return (
    plain &&
    type.trim() === 'application/x-ndjson' &&
    (charset === undefined || /^\s*charset="?utf-?8"?\s*$/.test(charset))
  );
}
