import { compareUpdates } from '../../shared/day.ts';
import { presentSummary, presentTimeline } from '../domain/present.ts';
import type { Store, StoredDay } from '../store/store.ts';

/**
 * Everything public of a timeline as NDJSON, each chunk one whole line: the timeline, then day by day, oldest first, the
 * day's updates in the order of their events and the editor's summary that cites them. One day is in memory at a time, and
 * the next is read when the consumer asks for it. Each day is as it stands when its turn comes. Yields nothing for an
 * unknown timeline; throws `StoreUnavailable`.
 */
export async function* exportTimeline(store: Store, slug: string, now: number): AsyncGenerator<string> {
  const timeline = await store.timeline(slug);
  if (!timeline) return;
  yield line('timeline', presentTimeline(timeline, now));
  const dates = (await store.days(slug)).map((entry) => entry.date).sort();
  for (const date of dates) yield* dayLines(await store.day(slug, date), date);
}

function* dayLines({ timeline, updates, summary, citedNow }: StoredDay, date: string): Generator<string> {
  for (const update of updates.toSorted((a, b) => compareUpdates(b, a))) yield line('update', update);
  const presented = presentSummary(timeline.record, date, summary, updates, citedNow);
  if (!presented.automatic) yield line('summary', presented);
}

const line = (kind: 'timeline' | 'update' | 'summary', fields: object): string =>
  `${JSON.stringify({ kind, ...fields })}\n`;
