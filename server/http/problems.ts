import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { type Problem, problem } from '../../shared/problems.ts';
import { MediaUnavailable } from '../media/media-storage.ts';
import { StoreUnavailable } from '../store/store.ts';
import type { Headers } from './security-headers.ts';
import { noteRefusal } from './tallies.ts';

export const problemType = 'application/problem+json; charset=utf-8';

/** Answers with a refusal in the form that suits the asker. `headers` win over the usual ones. */
export type Refuse = (req: IncomingMessage, res: ServerResponse, refusal: Problem, headers?: Headers) => void;

/** Seconds after which a refused client may try again: a store that is back is noticed within one or two. */
const retryAfterSeconds: Partial<Record<Problem['code'], number>> = {
  'store-unavailable': 2,
  'image-store-unavailable': 5,
  overloaded: 5,
  contended: 1,
  'too-many-requests': 1,
};

/** Headers of every refusal, in whatever form it goes out. */
export function refusalHeaders(refusal: Problem): Headers {
  const seconds = retryAfterSeconds[refusal.code];
  return { 'Cache-Control': 'no-store', ...(seconds === undefined ? {} : { 'Retry-After': String(seconds) }) };
}

/** Answers with a problem as JSON (RFC 9457). */
export const sendProblem: Refuse = (req, res, refusal, headers = {}) => {
  noteRefusal(res, refusal);
  const body = Buffer.from(JSON.stringify(refusal));
  const all = { 'Content-Type': problemType, 'Content-Length': body.length, ...refusalHeaders(refusal), ...headers };
  for (const [name, value] of Object.entries(all)) res.setHeader(name, value);
  res.statusCode = refusal.status;
  res.end(req.method === 'HEAD' ? undefined : body);
};

/**
 * Turns whatever was thrown into a problem. What nobody foresaw is logged under an id, and only the id goes out: the
 * text of an error may hold a path, a query or somebody’s draft.
 */
export function problemOf(error: unknown, log: Logger): Problem {
  if (error instanceof StoreUnavailable) {
    log.warn({ err: error }, 'a request met an unreachable store');
    return problem(
      'store-unavailable',
      'Whether a write was done is not known: repeat it with the same Idempotency-Key.',
    );
  }
  if (error instanceof MediaUnavailable) {
    log.warn({ err: error }, 'a request met an unreachable store of images');
    return problem('image-store-unavailable', 'Images cannot be reached at the moment.');
  }
  if (error instanceof URIError) return problem('not-found', 'This address cannot be read.');
  const id = randomUUID();
  log.error({ err: error, id }, 'unexpected error in a request');
  return problem('internal', `An unexpected error; it is in the log as ${id}.`);
}

/** The stable name that Node and its libraries give an error; undefined where there is none. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** The last handler. An answer that has begun can only be cut: nobody must take half of one for the whole. */
export function errorHandler(log: Logger, refuse: Refuse): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const refusal = problemOf(error, log);
    if (res.headersSent) res.destroy();
    else refuse(req, res, refusal);
  };
}
