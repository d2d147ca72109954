import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { codeOf } from './problems.ts';

/** How long a body of at most 256 kB may take to arrive: `requestTimeout` is off because an import may take hours. */
const bodyDeadlineMs = 30_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const readRaw = express.raw({ type: 'application/json', limit: limits.requestBodyBytes });

/** Reads the body into a buffer, and hands `null` on where the media type is another. The size is checked as it arrives. */
export const readBody: RequestHandler = (req, res, next) => {
  const deadline = setTimeout(() => req.destroy(), bodyDeadlineMs);
  readRaw(req, res, (error?: unknown) => {
    clearTimeout(deadline);
    if (!error) return next();
    const refusal = refusalOf(error);
    if (refusal) Object.assign(req, { body: refusal });
    next(refusal ? undefined : error);
  });
};

/** The body as JSON: 415 where it is something else, 413 where it is too large, 400 where it can’t be read. */
export function jsonBody(req: Request): Result<unknown> {
  const body: unknown = req.body;
  if (isRefusal(body)) return body;
  if (hasNoBody(req)) return ok(undefined);
  if (!isJsonType(req)) return refuse('unsupported-media-type', 'Send application/json, in UTF-8.');
  const value = parseJson(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  return value === undefined ? refuse('malformed-json', 'The body is not JSON in UTF-8.') : ok(value);
}

/** Undefined, which JSON can’t say, where the bytes are no UTF-8 or the text no JSON: nothing else can fail here. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** The same for two texts of the same JSON, whatever their spaces and the order of their fields. */
export function fingerprint(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function isJsonType(req: Request): boolean {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return type.trim() === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

/** Nothing was sent at all: the schema says what is missing. */
const hasNoBody = (req: Request): boolean =>
  req.headers['content-type'] === undefined &&
  req.headers['transfer-encoding'] === undefined &&
  (req.headers['content-length'] ?? '0') === '0';

const isRefusal = (body: unknown): body is Result<never> =>
  typeof body === 'object' && body !== null && 'ok' in body && 'problem' in body;

/** body-parser’s errors carry a stable `type`. */
function refusalOf(error: unknown): Result<never> | null {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null;
  if (type === 'entity.too.large') return refuse('too-large', `A body may have ${limits.requestBodyBytes / 1024} kB.`);
  if (type === 'encoding.unsupported')
    return refuse('unsupported-media-type', 'This content encoding is not taken here.');
  if (type === 'request.aborted' || type === 'request.size.invalid' || isZlibError(error))
    return refuse('malformed-json', 'The body could not be read.');
  return null;
}

const isZlibError = (error: unknown): boolean => String(codeOf(error)).startsWith('Z_');
