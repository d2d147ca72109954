import type { Logger } from 'pino';
import type { Result } from '../../../shared/result.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Store } from '../../store/store.ts';
import type { Desk } from '../desk.ts';
import { type EntryName, sampleEntries } from './entries.ts';
import { sampleDay, sampleTimeline } from './gaza.ts';
import { isSample, timelineDeleted } from './remove.ts';
import { sampleSummary } from './summary.ts';

const planter: Actor = { id: 'sample', name: 'Daymark sample', role: 'admin', timelines: null };
const { slug } = sampleTimeline;

/**
 * Puts the sample into an empty store; true where it did. Does nothing where any other timeline exists, or where the sample
 * was removed before. A crash in the middle is made good by the next call: the summary is written last and says that the
 * sample is complete, and every entry is known by its external id. For the private store alone. Throws `StoreUnavailable`.
 */
export async function plantSample({ desk, store, log }: { desk: Desk; store: Store; log: Logger }): Promise<boolean> {
  if (!(await isWanted(store))) return false;
  if (!(await store.timeline(slug))) done(await desk.createTimeline(planter, sampleTimeline));
  const ids = new Map<EntryName, string>();
  for (const { name, row, correction } of sampleEntries) {
    const { id } = done(await desk.importRow(planter, slug, row));
    ids.set(name, id);
    if (!correction) continue;
    const update = done(await desk.read(planter, slug, id));
    if (update.revision === 1) done(await desk.revise(planter, slug, id, 1, correction));
  }
  done(await desk.summarise(planter, slug, sampleDay, 0, sampleSummary(ids)));
  log.info({ timeline: slug }, 'a sample timeline was planted; to remove it: npm run daymark -- sample remove');
  return true;
}

async function isWanted(store: Store): Promise<boolean> {
  const [first, ...others] = await store.timelineSlugs();
  if (first === undefined) return !(await store.audit(slug)).some(({ action }) => action === timelineDeleted);
  if (first !== slug || others.length > 0) return false;
  const stored = await store.timeline(slug);
  return stored === null || (isSample(stored.record) && (await store.summary(slug, '2024-02-07')) === null);
}

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the sample was refused: ${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}
