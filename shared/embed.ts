import type { Change } from './change.ts';
import { compareUpdates, isKeyDevelopment, isPublic } from './day.ts';
import { formatPosition, parsePosition } from './position.ts';
import type { Summary } from './summary.ts';
import type { Timeline } from './timeline.ts';
import type { Update } from './update.ts';

/** What of a timeline another site shows. */
export interface EmbedChoice {
  kind: 'latest' | 'day' | 'summary' | 'update';
  /** Key developments alone. */
  key: boolean;
  /** Updates at most. */
  limit: number;
  day: number | null;
}

/** An embed as it is read: the answer of `GET …/embed`, and what the open one is kept as. */
export interface EmbedView extends EmbedChoice {
  timeline: Timeline;
  title: string;
  /** Of our server: addresses of updates are written from its root. */
  origin: string;
  /** Where to read on, from the root. */
  path: string;
  updates: Update[];
  /** There are more than are shown, so that a removal makes room for another. */
  more: boolean;
  summary: Summary | null;
  /** What is said where there is nothing. */
  empty: string;
  position: string;
}

/**
 * What a change does to an embed; `stale` where it has to be fetched again: only the server knows what comes in the place of
 * what went, and how an automatic summary reads now.
 */
export function applyToEmbed(view: EmbedView, change: Change): EmbedView | 'stale' {
  const position = formatPosition({ epoch: parsePosition(view.position)?.epoch ?? '', seq: change.seq });
  const moved = { ...view, position };
  if (change.type === 'timeline.revised') return 'stale';
  if (view.kind === 'summary') return concernsDay(view, change) ? 'stale' : moved;
  if (change.type === 'summary.revised') return moved;
  const id = 'update' in change ? change.update.id : change.id;
  const isShown = view.updates.some((update) => update.id === id);
  if (!('update' in change)) return isShown ? without(moved, id) : moved;
  if (!belongs(view, change.update)) return isShown ? without(moved, id) : moved;
  const last = view.updates.at(-1);
  if (view.more && last && compareUpdates(change.update, last) > 0) return isShown ? 'stale' : moved;
  const updates = [...view.updates.filter((update) => update.id !== id), change.update].sort(compareUpdates);
  return { ...moved, updates: updates.slice(0, view.limit), more: view.more || updates.length > view.limit };
}

const concernsDay = (view: EmbedView, change: Change): boolean =>
  change.day === view.day || ('previousDay' in change && change.previousDay === view.day) || isCited(view, change);

function isCited({ summary }: EmbedView, change: Change): boolean {
  const id = 'update' in change ? change.update.id : 'id' in change ? change.id : null;
  return (
    id !== null && summary?.sections.some(({ points }) => points.some(({ updates }) => updates.includes(id))) === true
  );
}

function without(view: EmbedView, id: string): EmbedView | 'stale' {
  if (view.more || view.kind === 'update') return 'stale';
  return { ...view, updates: view.updates.filter((update) => update.id !== id) };
}

function belongs(view: EmbedView, update: Update): boolean {
  if (view.kind === 'update') return view.updates.some(({ id }) => id === update.id);
  if (!isPublic(update) || (view.key && !isKeyDevelopment(update))) return false;
  return view.kind === 'latest' || update.day === view.day;
}
