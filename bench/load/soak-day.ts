import type { Change } from '../../shared/change.ts';
import type { Position } from '../../shared/position.ts';
import type { Update } from '../../shared/update.ts';

/** What a follower knows of the only day: each update as it was told, whatever way it came. */
export interface Seen {
  position: Position;
  updates: Map<string, Update>;
  summary: number;
}

/** Takes the next change into what is known; what is wrong with it, a sentence each. One that came already changes nothing. */
export function take(seen: Seen, change: Change): string[] {
  const { seq } = seen.position;
  if (change.seq <= seq) return [`doubled: ${change.seq} after ${seq}`];
  const faults = change.seq === seq + 1 ? [] : [`hole: ${change.seq} after ${seq}`];
  seen.position.seq = change.seq;
  if (change.type === 'update.published' && seen.updates.has(change.update.id))
    faults.push(`doubled: ${change.update.id} is published again`);
  if ('update' in change) seen.updates.set(change.update.id, change.update);
  else if (change.type === 'update.removed') seen.updates.delete(change.id);
  else if (change.type === 'summary.revised') seen.summary = change.summary.revision;
  return faults;
}
