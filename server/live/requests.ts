import { z } from 'zod';
import { type Position, parsePosition } from '../../shared/position.ts';
import { problem } from '../../shared/problems.ts';
import type { FollowReply } from '../../shared/protocol.ts';
import { type Result, refuse } from '../../shared/result.ts';
import type { LiveLog } from './live-log.ts';

/** The parsers of what a socket says. `malformed`: not even the shape of a request, which no honest client sends. */
export type SocketRequest =
  | { kind: 'follow'; timeline: string; since: unknown; answer: (reply: FollowReply) => void }
  | { kind: 'unfollow'; timeline: string; answer: () => void }
  | { kind: 'refused'; answer: () => void }
  | { kind: 'malformed' };

type Acknowledge = (reply: FollowReply | { ok: true }) => void;
const acknowledgement = z.custom<Acknowledge>((value) => typeof value === 'function');
const payload = z.object({ timeline: z.unknown().optional(), since: z.unknown().optional() });

const events = z.union([
  z.tuple([z.literal('follow'), payload, acknowledgement]),
  z.tuple([z.literal('unfollow'), payload]),
  z.tuple([z.literal('unfollow'), payload, acknowledgement]),
]);

export function parseEvent(event: readonly unknown[]): SocketRequest {
  const parsed = events.safeParse(event);
  if (!parsed.success) return { kind: 'malformed' };
  const [kind, { timeline, since }, answer = () => undefined] = parsed.data;
  if (typeof timeline !== 'string') {
    const errors = [{ path: '/timeline', message: 'must be the slug of a timeline' }];
    const error = problem('validation-failed', 'The request names no timeline.', { errors });
    return { kind: 'refused', answer: () => answer({ ok: false, error }) };
  }
  if (kind === 'follow') return { kind, timeline, since, answer };
  return { kind, timeline, answer: () => answer({ ok: true }) };
}

/** Checks what a follower asks for. The value is the position to resume from, or null: from now on. */
export function parseStart(live: Pick<LiveLog, 'timeline'>, slug: string, since: unknown): Result<Position | null> {
  if (!live.timeline(slug)) return refuse('not-found', 'There is no timeline of this name.');
  if (since === undefined) return { ok: true, value: null };
  const position = parsePosition(since);
  return position ? { ok: true, value: position } : refuse('malformed-position', 'A position looks like k3v9x2:125.');
}
