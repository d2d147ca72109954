import type { Change } from './change.ts';
import type { Problem } from './problems.ts';

/** What a socket may say to the server (Socket.IO 4, default namespace). */
export interface ToServer {
  follow: (request: { timeline: string; since?: string }, answer: (reply: FollowReply) => void) => void;
  unfollow: (request: { timeline: string }) => void;
}

/** What the server says to a follower. */
export interface ToFollower {
  change: (change: Change) => void;
  head: (head: { timeline: string; position: string }) => void;
}

/** `reset`: continuity cannot be proved, or too much lies between; fetch the page again. */
export type FollowReply =
  | { ok: true; position: string; changes: Change[] }
  | { ok: true; position: string; reset: true }
  | { ok: false; error: Problem };

/** The answer of `GET …/changes`. */
export type ChangesAnswer = { changes: Change[]; position: string } | { reset: true; position: string };
