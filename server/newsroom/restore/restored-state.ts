import { citedIds } from '../../../shared/automatic-summary.ts';
import { dayNumber } from '../../../shared/conflict-day.ts';
import { problem } from '../../../shared/problems.ts';
import type { TimelineRecord } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { bodyHtml } from '../../domain/body.ts';
import { clean } from '../../domain/clean.ts';
import { localDate } from '../../domain/zone.ts';
import type { NewChange, StoredSummary, StoredUpdate } from '../../store/store.ts';
import { BadLine, type ExportLine, type RestoredSummary } from './export-line.ts';

/** Refuses a line that does not fit its timeline, or says anything else than what a timeline keeps. Throws `BadLine`. */
export function checkLine(line: ExportLine, { record }: { record: TimelineRecord }): void {
  if (line.kind === 'update') checkUpdate(line.update, record);
  if (line.kind === 'summary' && line.summary.date < record.dayOne) throw misfit('the summary lies before day one');
}

function checkUpdate(update: Update, { dayOne, timeZone }: TimelineRecord): void {
  const date = localDate(update.occurredAt, timeZone);
  if (update.date !== date || update.day !== dayNumber(dayOne, date))
    throw misfit('date or day is not that of occurredAt');
  if (date < dayOne) throw misfit('the event lies before day one');
  if (bodyHtml(update.body, 'html') !== update.body)
    throw misfit('the body has something in it that is not let through');
  if (JSON.stringify(clean(update)) !== JSON.stringify(update)) throw misfit('a text has control characters');
  if ((update.status === 'retracted') !== (update.retraction !== null)) throw misfit('status and retraction disagree');
}

const misfit = (detail: string): BadLine => new BadLine(problem('validation-failed', detail));

/** An update as it is kept. Who wrote it an export doesn’t say. */
export function restoredUpdate(update: Update, slug: string): StoredUpdate {
  const { kind: _, ...fields } = update as Update & { kind?: string };
  const own: Update = { ...fields, timeline: slug, url: `/${slug}/updates/${update.id}` };
  return {
    update: own,
    author: 'restored',
    authorName: 'restored',
    publishAt: null,
    createdAt: update.publishedAt ?? '',
  };
}

/** The change that a wording was, after the one before it. */
export function restoredChange(before: Update | null, after: Update): NewChange {
  const of = { at: after.revisedAt ?? after.publishedAt ?? '', day: after.day, date: after.date, update: after };
  if (before === null) return { type: 'update.published', ...of };
  if (before.status !== after.status) return { type: 'update.retracted', ...of };
  return { type: 'update.revised', ...of, ...(before.day === after.day ? {} : { previousDay: before.day }) };
}

/**
 * A summary as it is kept. At which revision each cited update stood an export does not say, but which of them were revised
 * since: of those any revision but the present one will do.
 */
export function restoredSummary(
  { date, sections, outdated, revision, revisedAt }: RestoredSummary,
  revisions: ReadonlyMap<string, number>,
): StoredSummary {
  const old = new Set(outdated);
  const ids = [...citedIds(sections)];
  const cited = Object.fromEntries(ids.map((id) => [id, old.has(id) ? 0 : (revisions.get(id) ?? 0)]));
  return { date, sections, cited, revision, revisedAt };
}
