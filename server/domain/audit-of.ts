import { isPublic } from '../../shared/day.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AuditEntry, Effect, StoredUpdate } from '../store/store.ts';
import type { Actor } from './actor.ts';
import { audited, type Done } from './audited.ts';

/**
 * What the audit log says of a write; null where it says nothing: a draft saves itself every few seconds. No text of an update is
 * in it, or a takedown would have to look here too.
 */
export function auditOf(actor: Actor, effect: Effect, now: number): AuditEntry | null {
  const done = doneBy(effect);
  return done && audited(actor, now, done);
}

function doneBy(effect: Effect): Done | null {
  switch (effect.kind) {
    case 'create-timeline':
      return { action: 'timeline.create', target: effect.record.slug };
    case 'revise-timeline':
      return { action: 'timeline.revise', target: effect.after.slug };
    case 'write-settings':
      return { action: 'settings.revise', target: 'settings', reason: differences(effect.before, effect.after) };
    case 'write-summary':
      return { action: 'summary.revise', target: effect.after.date };
    case 'write-update':
      return ofUpdate(effect.before, effect.after);
    case 'remove-update':
    case 'note-removal':
      // These carry an entry of their own, which is kept for ever.
      return null;
  }
}

function ofUpdate(before: StoredUpdate | null, after: StoredUpdate): Done | null {
  const { update } = after;
  const about = (action: Done['action']): Done => ({ action, target: update.id });
  const wasPublic = before !== null && isPublic(before.update);
  if (wasPublic) {
    if (before.update.retraction === null && update.retraction !== null) return about('update.retract');
    return about(before.update.correction?.at === update.correction?.at ? 'update.revise' : 'update.correct');
  }
  if (isPublic(update)) return about('update.publish');
  const review = after.review?.state;
  if (review !== undefined && review !== before?.review?.state)
    return about(review === 'returned' ? 'update.send-back' : 'update.submit');
  if (after.publishAt !== null && after.publishAt !== before?.publishAt) return about('update.schedule');
  return before === null ? about('update.draft') : null;
}

/** The names of what was changed; a rule that is on or off with what it is now. */
function differences(before: Settings, after: Settings): string {
  const names = Object.keys(after).filter((name) => name !== 'revision') as (keyof Settings)[];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => (typeof after[name] === 'boolean' ? `${name} ${after[name] ? 'on' : 'off'}` : name))
    .join(', ');
}
