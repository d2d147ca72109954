import { type Position, parsePosition } from '../../shared/position.ts';

/** Where a change lies for a follower that stands at `at`: the one it waits for, one it has, or one too far. */
export function place(at: Position, seq: number): 'next' | 'known' | 'gap' {
  if (seq <= at.seq) return 'known';
  return seq === at.seq + 1 ? 'next' : 'gap';
}

/** What a `head` says to a follower: a server may lag behind it, but never continue another log. */
export function isBehind(at: Position | null, head: string): boolean {
  const there = parsePosition(head);
  if (!there) return false;
  return at === null || at.epoch !== there.epoch || at.seq < there.seq;
}

const firstMs = 3_000;
const mostMs = 30_000;

/**
 * Full jitter: anywhere between nothing and a bound that doubles. After a restart thousands come back at once, and only
 * chance spreads them. `failures` in a row so far; `random` from 0 to 1; milliseconds.
 */
export function backOffMs(failures: number, random: number): number {
  return Math.floor(random * Math.min(mostMs, firstMs * 2 ** Math.min(failures, 10)));
}

/** How changes are carried, in the order of preference; a failure moves one on, and after the last comes the first. */
export const ladder = ['socket', 'socket', 'socket', 'stream', 'stream', 'polling'] as const;
export type Means = (typeof ladder)[number];
