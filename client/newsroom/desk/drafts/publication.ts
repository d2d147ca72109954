import type { Timeline } from '../../../../shared/timeline.ts';
import { inputOf, patchOf } from '../composer/form.ts';
import type { Posting, Sending } from '../outbox/posting.ts';
import type { LocalDraft } from './local-drafts.ts';

/** When it goes out: now, so long after it has arrived, or at an instant. */
export type Release = { kind: 'now' } | { kind: 'delay'; ms: number } | { kind: 'at'; instant: string };

/** Makes a posting of what was written; null where its time can’t be sent. */
export function postingOf(draft: LocalDraft, timeline: Timeline, release: Release, now: number): Posting | null {
  const send = sendingOf(draft, timeline, release, now);
  if (!send) return null;
  const { id, actor, form } = draft;
  return {
    key: `${id}-publish`,
    actor,
    timeline: timeline.slug,
    madeAt: new Date(now).toISOString(),
    send,
    delayMs: release.kind === 'delay' ? release.ms : null,
    form,
    state: 'waiting',
    problem: null,
  };
}

function sendingOf(draft: LocalDraft, timeline: Timeline, release: Release, now: number): Sending | null {
  const { form, of, creating, id } = draft;
  const how = howOf(release);
  if (of) {
    const patch = patchOf(of.base, form, timeline, now);
    return patch && { kind: 'draft', id: of.id, revision: of.revision, base: of.base, patch: { ...patch, ...how } };
  }
  const input = inputOf(form, timeline, now);
  if (!input) return null;
  if (!creating && release.kind === 'now') return { kind: 'new', input };
  const create = creating ?? { input: { ...input, status: 'draft' as const }, form };
  const patch = patchOf(create.form, form, timeline, now);
  return patch && { kind: 'create', key: `${id}-draft`, input: create.input, patch: { ...patch, ...how } };
}

function howOf(release: Release): { status?: 'published'; publishAt?: string } {
  if (release.kind === 'now') return { status: 'published' };
  return release.kind === 'at' ? { publishAt: release.instant } : {};
}
