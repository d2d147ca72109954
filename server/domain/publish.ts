import { ok, type Result, refuse } from '../../shared/result.ts';
import { plainText } from '../../shared/text.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import type { StoredUpdate } from '../store/store.ts';
import { authorise, hasRole } from './actor.ts';
import { bodyHtml } from './body.ts';
import { clean } from './clean.ts';
import { type Context, type Decision, isoOf } from './decision.ts';
import { imagesOf, type KnownImages } from './images.ts';
import { placeEvent } from './moment.ts';
import { needsApproval, onHold, submitted } from './review.ts';

/** Decides a new update: published at once, kept as a draft, scheduled, or handed in where an editor approves. `id` is new. `known`: the images that the input names, as far as they are there. */
export function publish(context: Context, id: string, input: NewUpdate, known: KnownImages): Result<Decision> {
  const { record, actor, now } = context;
  const allowed = authorise(actor, record.slug, 'reporter');
  if (!allowed.ok) return allowed;
  if (input.pinned && !hasRole(actor, 'editor')) return refuse('forbidden', 'Pinning takes the role editor.');
  if (input.publishAt !== undefined && Date.parse(input.publishAt) <= now) return publishAtPassed();
  const status = input.publishAt !== undefined ? 'scheduled' : (input.status ?? 'published');
  const made = newUpdate(context, id, input, status, known);
  if (!made.ok) return made;
  const wanted: StoredUpdate = {
    update: made.value,
    author: actor.id,
    authorName: actor.name,
    publishAt: input.publishAt === undefined ? null : isoOf(Date.parse(input.publishAt)),
    createdAt: isoOf(now),
  };
  const after = status !== 'draft' && needsApproval(context) ? submitted(context, wanted) : wanted;
  const isPublished = after.update.status === 'published';
  const held = isPublished ? onHold(context) : null;
  if (held) return held;
  const change = isPublished ? published(after.update) : null;
  return ok({ kind: 'write', change, effect: { kind: 'write-update', before: null, after } });
}

/** The change that a publication is, whether at once, of a draft, or at its time. */
export function published(update: Update) {
  return {
    type: 'update.published' as const,
    at: update.publishedAt ?? '',
    day: update.day,
    date: update.date,
    update,
  };
}

export const publishAtPassed = (): Result<never> =>
  refuse('validation-failed', 'publishAt has passed already.', {
    errors: [{ path: '/publishAt', message: 'must lie in the future' }],
  });

export const emptyUpdate = (): Result<never> =>
  refuse('validation-failed', 'Nothing is left of the text once it is sanitised.', {
    errors: [{ path: '/body', message: 'a headline or a body is required' }],
  });

function newUpdate(
  { record, now }: Context,
  id: string,
  raw: NewUpdate,
  status: Update['status'],
  known: KnownImages,
): Result<Update> {
  const input = clean(raw);
  const moment = placeEvent(record, input.occurredAt, input.precision ?? 'minute', now);
  if (!moment.ok) return moment;
  const headline = (input.headline ?? '').trim();
  const body = bodyHtml(input.body ?? '', input.bodyFormat ?? 'html');
  if (headline === '' && plainText(body) === '') return emptyUpdate();
  const images = imagesOf(input.images ?? [], known);
  if (!images.ok) return images;
  return ok({
    id,
    timeline: record.slug,
    day: moment.value.day,
    date: moment.value.date,
    occurredAt: moment.value.occurredAt,
    precision: moment.value.precision,
    timeLabel: input.timeLabel ?? null,
    headline,
    body,
    key: input.key ?? false,
    pinned: input.pinned ?? false,
    verification: input.verification ?? 'reported',
    attribution: input.attribution ?? null,
    sources: input.sources ?? [],
    place: input.place ?? null,
    images: images.value,
    tags: [...new Set(input.tags ?? [])],
    byline: input.byline ?? null,
    language: input.language ?? record.language,
    status,
    publishedAt: status === 'published' ? isoOf(now) : null,
    revisedAt: null,
    revision: 1,
    correction: null,
    retraction: null,
    url: `/${record.slug}/updates/${id}`,
  });
}
