import { createHash } from 'node:crypto';
import type { ImportRow } from '../../shared/update.ts';
import { clean } from '../domain/clean.ts';

/**
 * What an imported row is known by ever after: the source’s own id, and its content. Either being known already makes the
 * row a repetition, so that the same file again, or the same text under two ids, adds nothing. The store takes UTF-8
 * alone, which has no lone surrogates.
 */
export function importMarks({ externalId, ...content }: ImportRow): string[] {
  const fields = Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
  return externalId ? [`content:${hash}`, `id:${clean(externalId)}`] : [`content:${hash}`];
}
