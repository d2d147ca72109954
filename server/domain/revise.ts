import { isPublic } from '../../shared/day.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { plainText } from '../../shared/text.ts';
import type { Update, UpdatePatch } from '../../shared/update.ts';
import type { NewChange, StoredUpdate } from '../store/store.ts';
import { authorise, hasRole } from './actor.ts';
import { bodyHtml } from './body.ts';
import { clean } from './clean.ts';
import { atLeast, type Context, type Decision, isoOf } from './decision.ts';
import { imagesOf, type KnownImages } from './images.ts';
import { type Moment, placeEvent } from './moment.ts';
import { emptyUpdate, publishAtPassed, published } from './publish.ts';
import { needsApproval, onHold, submitted } from './review.ts';

/**
 * Decides a revision of an update: an edit, a public correction, a retraction, the publication of a draft, a new time to
 * publish it. `revision` is the one that the caller had before its eyes, `known` are the images that
 * the patch names, as far as they are there.
 */
export function revise(
  context: Context,
  before: StoredUpdate,
  revision: number,
  raw: UpdatePatch,
  known: KnownImages,
): Result<Decision> {
  const patch = clean(raw);
  const refused = refusal(context, before, revision, patch);
  if (refused) return refused;
  const edited = edit(context, before.update, patch, known);
  if (!edited.ok) return edited;
  const after = isDraft(before.update)
    ? reviseDraft(context, before, edited.value, patch)
    : ok({ ...before, update: revisePublic(context, before.update, edited.value, patch) });
  if (!after.ok) return after;
  if (same(before, after.value)) return ok({ kind: 'unchanged' });
  after.value.update.revision += 1;
  const change = changeOf(before.update, after.value.update);
  return ok({ kind: 'write', change, effect: { kind: 'write-update', before, after: after.value } });
}

/**
 * Publishes a scheduled update whose time has come; `unchanged` where somebody has published or unscheduled it
 * since, or holds everything back.
 */
export function publishScheduled(context: Context, before: StoredUpdate): Decision {
  const { update: waiting, publishAt } = before;
  const isDue = waiting.status === 'scheduled' && publishAt !== null && Date.parse(publishAt) <= context.now;
  if (!isDue || context.settings.hold) return { kind: 'unchanged' };
  const update = publishDraft(waiting, context.now);
  update.revision += 1;
  return {
    kind: 'write',
    change: published(update),
    effect: { kind: 'write-update', before, after: { ...before, update, publishAt: null } },
  };
}

const isDraft = (update: Update): boolean => !isPublic(update);

/** Why the patch is refused, or null. */
function refusal(context: Context, before: StoredUpdate, revision: number, patch: UpdatePatch): Result<never> | null {
  const { record, actor } = context;
  const allowed = authorise(actor, record.slug, 'reporter');
  if (!allowed.ok) return allowed;
  const { update } = before;
  const editor = hasRole(actor, 'editor');
  if (!editor && before.author !== actor.id) return refuse('forbidden', 'A reporter revises own updates only.');
  if (!editor && patch.pinned !== undefined && patch.pinned !== update.pinned) {
    return refuse('forbidden', 'Pinning takes the role editor.');
  }
  if (!editor && patch.status === 'retracted') return refuse('forbidden', 'A retraction takes the role editor.');
  if (revision !== update.revision) {
    const detail = `It stands at revision ${update.revision}, not ${revision}.`;
    return refuse('stale-revision', detail, { current: update });
  }
  if (isDraft(update)) {
    if (patch.status === 'retracted' || patch.correction !== undefined) {
      return refuse('not-published', 'Only what was published can be corrected or retracted.');
    }
    return patch.status === 'published' && !needsApproval(context) ? onHold(context) : null;
  }
  if (needsApproval(context)) {
    return refuse('approval-required', 'What is published here, an editor changes: ask one.');
  }
  if (patch.publishAt !== undefined || patch.status === 'draft') {
    return refuse('already-published', 'It is published: it can be retracted, but not taken back to a draft.');
  }
  if (update.status === 'retracted' && patch.status !== undefined) {
    return refuse('already-retracted', 'It is retracted already.');
  }
  return null;
}

function edit({ record, now }: Context, before: Update, patch: UpdatePatch, known: KnownImages): Result<Update> {
  const moment = editMoment({ record, now }, before, patch);
  if (!moment.ok) return moment;
  const headline = patch.headline === undefined ? before.headline : patch.headline.trim();
  const body = patch.body === undefined ? before.body : bodyHtml(patch.body, patch.bodyFormat ?? 'html');
  if (headline === '' && plainText(body) === '') return emptyUpdate();
  const images = patch.images === undefined ? ok(before.images) : imagesOf(patch.images, known);
  if (!images.ok) return images;
  return ok({
    ...before,
    ...moment.value,
    headline,
    body,
    timeLabel: given(patch.timeLabel, before.timeLabel),
    key: given(patch.key, before.key),
    pinned: given(patch.pinned, before.pinned),
    verification: given(patch.verification, before.verification),
    attribution: given(patch.attribution, before.attribution),
    sources: given(patch.sources, before.sources),
    place: given(patch.place, before.place),
    images: images.value,
    tags: patch.tags === undefined ? before.tags : [...new Set(patch.tags)],
    byline: given(patch.byline, before.byline),
    language: given(patch.language, before.language),
  });
}

const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);

function editMoment(
  { record, now }: Pick<Context, 'record' | 'now'>,
  before: Update,
  patch: UpdatePatch,
): Result<Moment> {
  const { occurredAt, precision, date, day } = before;
  if (patch.occurredAt === undefined)
    return ok({ occurredAt, precision: given(patch.precision, precision), date, day });
  const asBefore = precision === 'day' ? 'minute' : precision;
  return placeEvent(record, patch.occurredAt, patch.precision ?? asBefore, now);
}

function reviseDraft(context: Context, before: StoredUpdate, edited: Update, patch: UpdatePatch): Result<StoredUpdate> {
  const drafted = draftAfter(context, before, edited, patch);
  if (!drafted.ok || drafted.value.update.status === 'draft') return drafted;
  if (needsApproval(context)) return ok(submitted(context, drafted.value));
  return ok(withoutReview(drafted.value));
}

function draftAfter({ now }: Context, before: StoredUpdate, edited: Update, patch: UpdatePatch): Result<StoredUpdate> {
  if (patch.status === 'published') return ok({ ...before, update: publishDraft(edited, now), publishAt: null });
  if (typeof patch.publishAt === 'string') {
    if (Date.parse(patch.publishAt) <= now) return publishAtPassed();
    return ok({ ...before, update: { ...edited, status: 'scheduled' }, publishAt: isoOf(Date.parse(patch.publishAt)) });
  }
  const unscheduled = patch.publishAt === null || patch.status === 'draft';
  return ok(
    unscheduled
      ? { ...withoutReview(before), update: { ...edited, status: 'draft' }, publishAt: null }
      : { ...before, update: edited },
  );
}

function withoutReview({ review: _, ...stored }: StoredUpdate): StoredUpdate {
  return stored;
}

const publishDraft = (update: Update, now: number): Update => ({
  ...update,
  status: 'published',
  publishedAt: isoOf(now),
});

function revisePublic({ now }: Context, before: Update, edited: Update, patch: UpdatePatch): Update {
  const at = atLeast(now, before.publishedAt, before.revisedAt);
  const correction = patch.correction === undefined ? before.correction : { note: patch.correction, at };
  const retracted = patch.status === 'retracted';
  const after: Update = {
    ...edited,
    correction,
    status: retracted ? 'retracted' : before.status,
    retraction: retracted ? { reason: patch.reason ?? '', at } : before.retraction,
  };
  return same(before, after) ? after : { ...after, revisedAt: at };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function changeOf(before: Update, after: Update): NewChange | null {
  if (isDraft(after)) return null;
  if (isDraft(before)) return published(after);
  const of = { at: after.revisedAt ?? '', day: after.day, date: after.date, update: after };
  if (before.status !== after.status) return { type: 'update.retracted', ...of };
  return { type: 'update.revised', ...of, ...(before.day === after.day ? {} : { previousDay: before.day }) };
}
