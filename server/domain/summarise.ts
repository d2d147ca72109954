import { citedIds } from '../../shared/automatic-summary.ts';
import { dateOfDay } from '../../shared/conflict-day.ts';
import { isPublic } from '../../shared/day.ts';
import type { Fault } from '../../shared/problems.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { NewSummary, Section } from '../../shared/summary.ts';
import type { Update } from '../../shared/update.ts';
import type { StoredSummary } from '../store/store.ts';
import { authorise } from './actor.ts';
import { clean } from './clean.ts';
import { atLeast, type Context, type Decision } from './decision.ts';
import { presentSummary, todayOf } from './present.ts';

/** Decides an editor’s summary of a day. `cited` holds what is known of the cited updates. */
export function summarise(
  context: Context,
  day: number,
  before: StoredSummary | null,
  dayUpdates: readonly Update[],
  revision: number,
  input: NewSummary,
  cited: ReadonlyMap<string, Update>,
): Result<Decision> {
  const { record, actor, now } = context;
  const allowed = authorise(actor, record.slug, 'editor');
  if (!allowed.ok) return allowed;
  const date = dateOfDay(record.dayOne, day);
  const revisions = Object.fromEntries(
    [...cited].filter(([, update]) => isPublic(update)).map(([id, update]) => [id, update.revision]),
  );
  if (revision !== (before?.revision ?? 0)) {
    const current = presentSummary(record, date, before, dayUpdates, revisions);
    return refuse('stale-revision', `It stands at revision ${before?.revision ?? 0}, not ${revision}.`, { current });
  }
  const sections = clean(input.sections);
  const unknown = unknownCitations(sections, revisions);
  if (unknown.length > 0) {
    return refuse('validation-failed', 'A point cites an update that is unknown or removed.', { errors: unknown });
  }
  const citedNow = Object.fromEntries([...citedIds(sections)].map((id) => [id, revisions[id] ?? 0]));
  if (before && JSON.stringify([before.sections, before.cited]) === JSON.stringify([sections, citedNow])) {
    return ok({ kind: 'unchanged' });
  }
  const at = atLeast(now, before?.revisedAt ?? null);
  const after = { date, sections, cited: citedNow, revision: revision + 1, revisedAt: at };
  const summary = presentSummary(record, date, after, dayUpdates, citedNow);
  const change = { type: 'summary.revised' as const, at, day, date, summary };
  return ok({ kind: 'write', change, effect: { kind: 'write-summary', before, after } });
}

/** Whether a day can have a summary: from day one until today. */
export const dayExists = ({ record, now }: Pick<Context, 'record' | 'now'>, day: number): boolean =>
  Number.isSafeInteger(day) && day >= 1 && day <= todayOf(record, now).day;

function unknownCitations(sections: readonly Section[], known: Record<string, number>): Fault[] {
  return sections.flatMap((section, s) =>
    section.points.flatMap((point, p) =>
      point.updates.flatMap((id, u) =>
        id in known ? [] : [{ path: `/sections/${s}/points/${p}/updates/${u}`, message: `no update ${id} here` }],
      ),
    ),
  );
}
