import { afterRemoval, type Change } from '../../shared/change.ts';
import type { Position } from '../../shared/position.ts';
import type { LiveLog } from './live-log.ts';

/** One that asks for everything after a position, and then for everything that comes. */
export interface Joiner {
  /** Before the first wait: what this follower still receives from an earlier `follow` must stop here. */
  hold(): void;
  /** Earlier changes in order; the promise holds the reading back until there is room for more. */
  history(changes: readonly Change[]): Promise<void> | undefined;
  /** The rest, up to `position`. From this very tick on the follower must receive every change that is broadcast. */
  join(rest: readonly Change[], position: Position): void;
  /** Continuity cannot be proved. The follower starts over, and receives what comes after `position`. */
  reset(position: Position): void;
}

export interface Reach {
  /** How many changes may lie between; more is a reset. */
  most: number;
  /** How many go to `history` at once. */
  page: number;
}

type Log = Pick<LiveLog, 'timeline' | 'tail' | 'since' | 'reach'>;

/**
 * Brings a follower from `since` to where this node stands, and lets it join there. Nothing can fall between history and
 * live: what is read from the store only has to lead up to the tail in memory, and the last step (the tail, the head and
 * the joining) happens within one tick, in which no change can arrive.
 *
 * @throws StoreUnavailable where the store is needed and cannot be reached; the follower has then not joined
 */
export async function catchUp(live: Log, slug: string, since: Position, reach: Reach, joiner: Joiner): Promise<void> {
  let at = since;
  let dry = false;
  for (;;) {
    const head = live.timeline(slug)?.position;
    if (!head) throw new Error(`timeline ${slug} has gone`);
    if (head.epoch !== since.epoch || head.seq - since.seq > reach.most) return joiner.reset(head);

    const tail = at.seq > head.seq ? 'ahead' : live.tail(slug, at);
    if (tail === 'reset' || (typeof tail === 'string' && dry)) return joiner.reset(head);
    if (typeof tail === 'object' && tail.length <= reach.page) return joiner.join(tail, head);

    joiner.hold();
    const page = typeof tail === 'object' ? tail.slice(0, reach.page) : await read(live, slug, at, tail, reach.page);
    if (page === 'reset') return joiner.reset(live.timeline(slug)?.position ?? head);
    const last = page.at(-1);
    dry = last === undefined;
    if (last) at = { epoch: since.epoch, seq: last.seq };
    await joiner.history(page);
  }
}

/** Asks the store: for what memory no longer has, or whether a position that is ahead of this node is a real one. */
async function read(live: Log, slug: string, at: Position, why: 'ahead' | 'not-in-memory', limit: number) {
  if (why === 'ahead') {
    await live.reach(slug, at);
    return [];
  }
  const page = await live.since(slug, at, limit);
  return page.reset ? 'reset' : page.changes;
}

/**
 * What was read in several steps, without what was taken down between them: an update whose removal came in a later step
 * leaves the earlier ones as well.
 */
export function withoutRemoved(changes: readonly Change[]): Change[] {
  const removed = changes.flatMap((change) => (change.type === 'update.removed' ? [change.id] : []));
  return changes.map((change) => removed.reduce(afterRemoval, change));
}
