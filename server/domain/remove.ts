import { afterRemoval, type Change } from '../../shared/change.ts';
import { isPublic } from '../../shared/day.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { StoredUpdate } from '../store/store.ts';
import { authorise, hasRole } from './actor.ts';
import { audited } from './audited.ts';
import { type Context, type Decision, isoOf } from './decision.ts';

/**
 * Decides a takedown. `trail` is every change of the update that the log still has: each becomes a stub in its own place,
 * so that the log keeps its numbers and loses the text. What was never published leaves without a public change.
 */
export function remove(
  context: Context,
  before: StoredUpdate,
  trail: readonly Change[],
  reason: string,
): Result<Decision> {
  const { record, actor, now } = context;
  const allowed = authorise(actor, record.slug, 'editor');
  if (!allowed.ok) return allowed;
  const { id, day, date } = before.update;
  const at = isoOf(now);
  return ok({
    kind: 'write',
    change: isPublic(before.update) ? { type: 'update.removed', at, day, date, id } : null,
    effect: {
      kind: 'remove-update',
      before,
      trail: trail.map((change) => afterRemoval(change, id)),
      audit: audited(actor, now, { action: 'update.remove', target: id, reason }),
    },
  });
}

/** Decides that a draft is thrown away: by its author, who needs no reason, or by an editor. */
export function discard({ record, actor, now }: Context, before: StoredUpdate): Result<Decision> {
  const allowed = authorise(actor, record.slug, 'reporter');
  if (!allowed.ok) return allowed;
  if (!hasRole(actor, 'editor') && before.author !== actor.id) {
    return refuse('forbidden', 'A reporter discards own drafts only.');
  }
  const audit = audited(actor, now, { action: 'draft.discard', target: before.update.id });
  return ok({ kind: 'write', change: null, effect: { kind: 'remove-update', before, trail: [], audit } });
}
