import { z } from 'zod';
import { type Change, updateIdOf } from '../../../shared/change.ts';
import { limits } from '../../../shared/limits.ts';
import { formatPosition, parsePosition } from '../../../shared/position.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { Touched, TouchedAnswer } from '../../../shared/touched.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { Query } from '../queries.ts';

export const touchedQuerySchema = z.object({
  since: z.string().meta({ description: 'The position at which the oldest copy was made.', example: 'k3v9x2:125' }),
});

/** What was revised, retracted or removed since a position, by ids alone: the changes themselves may be a thousand times as long. */
export async function touchedSince(
  live: Pick<LiveLog, 'timeline' | 'since'>,
  slug: string,
  query: Query,
): Promise<Result<TouchedAnswer>> {
  const timeline = live.timeline(slug);
  if (!timeline) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
  const since = parsePosition(query['since']);
  if (!since) return refuse('malformed-position', 'Give `since`, a position like k3v9x2:125.');
  const touched = new Map<string, Touched>();
  for (let at = since; ; ) {
    const found = await live.since(slug, at, limits.changesPerAnswer);
    if (found.reset) return ok({ reset: true, position: formatPosition(found.position) });
    for (const change of found.changes) note(change, touched);
    at = found.position;
    if (found.changes.length < limits.changesPerAnswer)
      return ok({ touched: [...touched.values()], position: formatPosition(at) });
  }
}

/** What was published after the position and not touched since is told as it stands; it is on no older copy. */
function note(change: Change, touched: Map<string, Touched>): void {
  const id = updateIdOf(change);
  if (id === null || change.type === 'update.published') return;
  touched.set(id, { id, seq: change.seq, removed: change.type === 'update.removed' });
}
