import { automaticSections, citedIds } from './automatic-summary.ts';
import { type Change, updateIdOf } from './change.ts';
import { compareUpdates, type DayView } from './day.ts';
import { formatPosition, type Position, parsePosition } from './position.ts';
import type { Summary } from './summary.ts';
import type { Update } from './update.ts';

/**
 * Whether a change is the one that a follower at `position` waits for. A `duplicate` is dropped; at a `gap` the follower
 * follows again from its position, because what lies between can be anything.
 */
export function advance(position: Position, change: Pick<Change, 'seq'>): 'duplicate' | 'gap' | 'next' {
  if (change.seq <= position.seq) return 'duplicate';
  return change.seq === position.seq + 1 ? 'next' : 'gap';
}

/**
 * What a change does to a day, as it is read: the view before and the change give the view after. `automaticTitle` is what
 * the summary of this day is called while no editor has written it. Types unknown to this version change nothing but the position.
 *
 * `previous` and `next` can only come nearer here: whether a removal emptied a neighbouring day, a follower of one day can't
 * know. And of a day that has `more` updates, the view stays the first part.
 */
export function applyToDay(view: DayView, change: Change, automaticTitle: string): DayView {
  const moved = { ...view, ...neighbours(view, change), position: positionAfter(view, change) };
  if (change.type === 'summary.revised')
    return change.day === view.day ? { ...moved, summary: shown(change.summary) } : moved;
  const id = updateIdOf(change);
  if (id === null) return moved;
  const updates = updatesAfter(view, change, id);
  return { ...moved, updates, summary: summaryAfter({ ...moved, updates }, id, automaticTitle) };
}

function positionAfter(view: DayView, change: Change): string {
  const epoch = parsePosition(view.position)?.epoch ?? '';
  return formatPosition({ epoch, seq: change.seq });
}

function neighbours(view: DayView, change: Change): Pick<DayView, 'previous' | 'next'> {
  const { previous, next } = view;
  const day = 'update' in change || change.type === 'summary.revised' ? change.day : view.day;
  if (day < view.day) return { previous: Math.max(previous ?? day, day), next };
  if (day > view.day) return { previous, next: Math.min(next ?? day, day) };
  return { previous, next };
}

function updatesAfter(view: DayView, change: Change, id: string): Update[] {
  const others = view.updates.filter((update) => update.id !== id);
  if (!('update' in change) || change.day !== view.day)
    return others.length < view.updates.length ? others : view.updates;
  const last = view.updates.at(-1);
  const beyond = view.more !== null && last !== undefined && compareUpdates(change.update, last) > 0;
  return beyond ? others : [...others, change.update].sort(compareUpdates);
}

function summaryAfter(view: DayView, id: string, automaticTitle: string): Summary | null {
  const { summary } = view;
  if (summary && !summary.automatic) {
    const stale = citedIds(summary.sections).has(id) && !summary.outdated.includes(id);
    return stale ? { ...summary, outdated: [...summary.outdated, id] } : summary;
  }
  const { timeline, day, date } = view;
  const sections = automaticSections(view.updates);
  const revision = summary?.revision ?? 0;
  return shown({
    timeline,
    day,
    date,
    title: automaticTitle,
    automatic: true,
    sections,
    outdated: [],
    revision,
    revisedAt: null,
  });
}

/** An automatic summary without a point is none. */
const shown = (summary: Summary): Summary | null =>
  summary.automatic && summary.sections.length === 0 ? null : summary;
