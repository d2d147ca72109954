import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { refusalOf, type Tallies, type WriteOutcome } from './tallies.ts';

/** A write that its writer notices. The budget for one that is fsynced is 100 ms with 5,000 readers on the node. */
const slowWriteMs = 1_000;
const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Counts every answer that went through express, times the writes, and logs what went wrong or took long; everything at the
 * level debug. A line has the pattern of the route: no address of a reader, no query, no user agent, nothing of a body.
 */
export function meter(tallies: Tallies, log: Logger): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    res.once('close', () => {
      const ms = performance.now() - began;
      const route: string | undefined = req.route?.path;
      tallies.of(req.method, route).count(res.statusCode);
      const code = refusalOf(res);
      if (code !== undefined) tallies.refused(code);
      const outcome = writeOutcome(req, res, route);
      if (outcome !== null) tallies.wrote(outcome, ms);
      const line = { method: req.method, route: route ?? null, status: res.statusCode, code, ms: Math.round(ms) };
      if (res.statusCode === 500) log.warn(line, 'a request failed');
      else if (outcome !== null && ms > slowWriteMs) log.warn(line, 'a write was slow');
      else log.debug(line, 'a request');
    });
    next();
  };
}

/** What takes as long as its input: an import, an upload. */
const asLongAsItTakes = /\/(?:import|images)$/;

/** null: not a write that anybody could time. */
function writeOutcome(req: Request, res: Response, route: string | undefined): WriteOutcome | null {
  if (reads.has(req.method) || route === undefined || asLongAsItTakes.test(route)) return null;
  if (!res.writableFinished) return 'aborted';
  if (res.statusCode >= 500) return 'failed';
  if (res.statusCode >= 400) return 'refused';
  return res.hasHeader('Idempotent-Replay') ? 'replayed' : 'written';
}
