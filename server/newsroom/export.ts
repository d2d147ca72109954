import { compareUpdates } from '../../shared/day.ts';
import { presentRevisions, presentSummary, presentTimeline } from '../domain/present.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { readLine } from '../store/chain.ts';
import type { Store, StoredDay } from '../store/store.ts';
import { appearanceLine } from './restore/appearance-line.ts';

export interface ExportOptions {
  /** Whole: with what stood before, and what was taken down, so that the timeline can be restored from it. */
  revisions?: boolean;
  /** Where the files of a logo are, which a whole export holds. */
  storage?: Pick<MediaStorage, 'get'>;
}

/**
 * Everything public of a timeline as NDJSON, each chunk one whole line: the timeline, then day by day, oldest first, the
 * day's updates in the order of their events and the editor's summary that cites them. With `revisions` each update comes after
 * its earlier wordings, each summary after its own, and last the ids of what was taken down; how the pages look comes first. One day is in memory at a time, and
 * the next is read when the consumer asks for it. Each day is as it stands when its turn comes. Yields nothing for an
 * unknown timeline; throws `StoreUnavailable`.
 */
export async function* exportTimeline(
  store: Store,
  slug: string,
  now: number,
  { revisions = false, storage }: ExportOptions = {},
): AsyncGenerator<string> {
  const timeline = await store.timeline(slug);
  if (!timeline) return;
  yield line('timeline', presentTimeline(timeline, now));
  const look = revisions && storage ? await appearanceLine(slug, await store.settings(slug), storage) : null;
  if (look) yield line('appearance', { timeline: slug, ...look });
  const dates = (await store.days(slug)).map((entry) => entry.date).sort();
  for (const date of dates) {
    const day = await store.day(slug, date);
    yield* revisions ? wholeDay(store, day, date) : dayLines(day, date);
  }
  if (revisions) yield* removals(store, slug);
}

function* dayLines(day: StoredDay, date: string): Generator<string> {
  for (const update of inOrder(day)) yield line('update', update);
  yield* summaryLine(day, date);
}

async function* wholeDay(store: Store, day: StoredDay, date: string): AsyncGenerator<string> {
  const { slug } = day.timeline.record;
  for (const update of inOrder(day)) {
    const all = presentRevisions(await store.revisions(slug, update.id), update);
    for (const revision of all.slice(0, -1)) yield line('revision', { timeline: slug, id: update.id, ...revision });
    yield line('update', update);
  }
  const written = day.summary;
  const earlier = await store.summaryRevisions(slug, date);
  // One that an editor has emptied is shown as none, and yet is the last revision.
  const emptied = written && written.sections.length === 0 ? [written] : [];
  for (const { sections, revision, revisedAt } of [...earlier, ...emptied])
    yield line('summary-revision', { timeline: slug, date, sections, revision, revisedAt });
  yield* summaryLine(day, date);
}

const inOrder = ({ updates }: StoredDay) => updates.toSorted((a, b) => compareUpdates(b, a));

function* summaryLine({ timeline, updates, summary, citedNow }: StoredDay, date: string): Generator<string> {
  const presented = presentSummary(timeline.record, date, summary, updates, citedNow);
  if (!presented.automatic) yield line('summary', presented);
}

async function* removals(store: Store, slug: string): AsyncGenerator<string> {
  for await (const link of store.chain(slug)) {
    const { type, at, day, date, subject: id } = readLine(link.line);
    if (type === 'update.removed') yield line('removed', { timeline: slug, id, day, date, at });
  }
}

export type ExportKind = 'timeline' | 'appearance' | 'revision' | 'update' | 'summary-revision' | 'summary' | 'removed';

const line = (kind: ExportKind, fields: object): string => `${JSON.stringify({ kind, ...fields })}\n`;
