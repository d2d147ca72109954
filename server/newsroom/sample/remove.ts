import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { TimelineRecord } from '../../../shared/timeline.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Store } from '../../store/store.ts';
import { sampleTag, sampleTimeline } from './gaza.ts';

export const timelineDeleted = 'timeline.delete';

/** A timeline of the same slug may have become somebody’s own. */
export const isSample = ({ slug, title, description }: TimelineRecord): boolean =>
  slug === sampleTimeline.slug && (title === sampleTimeline.title || description === sampleTimeline.description);

/**
 * Deletes the sample timeline. Refused where it is not there or has become another; and, unless `force` is given, where
 * it holds updates that did not come with it. Throws `StoreUnavailable`.
 */
export async function removeSample(store: Store, actor: Actor, now: number, force: boolean): Promise<Result<void>> {
  const { slug } = sampleTimeline;
  const stored = await store.timeline(slug);
  if (!stored || !isSample(stored.record)) return refuse('not-found', 'There is no sample timeline here.');
  const others = force ? 0 : await ownUpdates(store, slug);
  if (others > 0) {
    return refuse(
      'timeline-has-updates',
      `It holds ${others} update(s) that did not come with it; --force removes them too.`,
    );
  }
  const at = new Date(now).toISOString();
  await store.deleteTimeline(slug, {
    at,
    actor: actor.id,
    action: timelineDeleted,
    target: slug,
    reason: 'sample removed',
  });
  return ok(undefined);
}

async function ownUpdates(store: Store, slug: string): Promise<number> {
  const days = await Promise.all((await store.days(slug)).map(({ date }) => store.day(slug, date)));
  const published = days.flatMap((day) => day.updates).filter(({ tags }) => !tags.includes(sampleTag)).length;
  const { updates } = await store.extent(slug);
  // The extent counts drafts too, which are in no day.
  return published + Math.max(0, updates - days.reduce((sum, day) => sum + day.updates.length, 0));
}
