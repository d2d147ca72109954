import { ok, type Result, refuse } from '../../shared/result.ts';
import type { StoredUpdate } from '../store/store.ts';
import { authorise, hasRole } from './actor.ts';
import { type Context, type Decision, isoOf } from './decision.ts';

/** Whether this actor’s publications wait for an editor here. */
export const needsApproval = ({ settings, actor }: Context): boolean => settings.approval && !hasRole(actor, 'editor');

/**
 * What was about to be published, or scheduled, is handed in instead: it stays a draft, and remembers when it was meant to go
 * out. An editor who approves publishes it in the ordinary way.
 */
export function submitted({ actor, now }: Context, wanted: StoredUpdate): StoredUpdate {
  return {
    ...wanted,
    update: { ...wanted.update, status: 'draft', publishedAt: null },
    publishAt: null,
    review: {
      state: 'submitted',
      by: actor.id,
      byName: actor.name,
      at: isoOf(now),
      note: null,
      publishAt: wanted.publishAt,
    },
  };
}

/** Why nothing is published now, whoever asks; null where it may be. What is public already can still be put right. */
export const onHold = ({ settings }: Context): Result<never> | null =>
  settings.hold
    ? refuse('publication-on-hold', 'Publication is on hold here. Keep it as a draft, or schedule it for later.')
    : null;

/** Decides that a submitted draft goes back to its author, with what is to be done about it. */
export function sendBack(context: Context, before: StoredUpdate, revision: number, note: string): Result<Decision> {
  const { record, actor, now } = context;
  const allowed = authorise(actor, record.slug, 'editor');
  if (!allowed.ok) return allowed;
  const { update, review } = before;
  if (revision !== update.revision) {
    const detail = `It stands at revision ${update.revision}, not ${revision}.`;
    return refuse('stale-revision', detail, { current: update });
  }
  if (review?.state !== 'submitted') return refuse('not-submitted', 'It does not wait for approval.');
  const after: StoredUpdate = {
    ...before,
    update: { ...update, revision: update.revision + 1 },
    review: { ...review, state: 'returned', by: actor.id, byName: actor.name, at: isoOf(now), note },
  };
  return ok({ kind: 'write', change: null, effect: { kind: 'write-update', before, after } });
}
