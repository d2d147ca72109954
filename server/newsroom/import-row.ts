import { isUtf8 } from 'node:buffer';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { type ImportRow, importRowSchema } from '../../shared/update.ts';
import type { NdjsonLine } from './ndjson.ts';

/** Drops a byte order mark by itself. */
const utf8 = new TextDecoder();

/** What a line holds: the fields of a row, null where it is blank, or the reason why it can’t be taken. */
export function parseImportLine(line: NdjsonLine): Result<object | null> {
  if (line.bytes === null) return refuse('too-large', `a row may have up to ${limits.importRowBytes} bytes`);
  if (!isUtf8(line.bytes)) return refuse('malformed-json', 'the row is not UTF-8');
  const text = utf8.decode(line.bytes);
  if (text.trim() === '') return ok(null);
  const json = parseJson(text);
  if (!json.ok) return json;
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) {
    return refuse('malformed-json', 'a row is a JSON object');
  }
  return ok(json.value);
}

/** Lines of an export that are about something else than an update as it stands: an import of updates passes them over. */
const otherKinds = new Set(['timeline', 'appearance', 'summary', 'summary-revision', 'revision', 'removed']);

const isOtherKind = (fields: object): boolean =>
  'kind' in fields && typeof fields.kind === 'string' && otherKinds.has(fields.kind) && !('occurredAt' in fields);

/**
 * The row that fields make, or null where they are no row. An update that an export says was retracted would be published anew
 * without its retraction: it is refused, and comes back by restoring the timeline.
 */
export function parseImportRow(fields: object): Result<ImportRow | null> {
  if (isOtherKind(fields)) return ok(null);
  if ('kind' in fields && fields.kind === 'update' && 'status' in fields && fields.status === 'retracted')
    return refuse('not-for-publication', 'the update was retracted; only `timeline restore` brings it back as that');
  return parseRow(fields);
}

/** Exports of other systems write null for what they don't have: here it means the same as leaving the field out. */
function parseRow(fields: object): Result<ImportRow> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const parsed = importRowSchema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.map((issue) => ({
    path: issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message: issue.message,
  }));
  return refuse(
    'validation-failed',
    errors.map((fault) => `${fault.path.slice(1) || 'row'}: ${fault.message}`).join('; '),
    { errors },
  );
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('malformed-json', 'the row is not JSON');
    throw error;
  }
}
