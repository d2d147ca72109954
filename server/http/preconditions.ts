import type { IncomingMessage } from 'node:http';
import { limits } from '../../shared/limits.ts';
import { ok, type Result } from '../../shared/result.ts';
import { fault } from './parse.ts';

/** What stands for a tag that names no revision of ours: it matches none, so the answer is 412 with what there is. */
const noRevision = -1;

/**
 * The revision that `If-Match` names; null where the header is missing or `*`, which says nothing about what its sender
 * has seen. Tags that we hand out (`"3"`, `"3-9f2c…"`, `"3-9f2c…-br"`, and what a proxy makes of them: `W/"3"`) all
 * begin with the revision.
 */
export function ifMatch(req: IncomingMessage): Result<number | null> {
  const header = req.headers['if-match']?.trim();
  if (header === undefined || header === '*') return ok(null);
  const tag = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/.exec(header)?.[1];
  if (tag === undefined) return fault('/If-Match', 'must be one quoted revision, like "3"');
  const revision = /^(\d{1,9})(?:-.*)?$/.exec(tag)?.[1];
  return ok(revision === undefined ? noRevision : Number(revision));
}

/** `Idempotency-Key`: 1–200 visible ASCII characters; null where there is none. */
export function idempotencyKey(req: IncomingMessage): Result<string | null> {
  const header = req.headers['idempotency-key'];
  if (header === undefined) return ok(null);
  const most = limits.idempotencyKeyCharacters;
  const fits = typeof header === 'string' && header.length <= most && /^[\x20-\x7e]+$/.test(header);
  return fits ? ok(header) : fault('/Idempotency-Key', `must be 1–${most} visible ASCII characters, sent once`);
}
