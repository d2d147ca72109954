import type { Problem } from './problems.ts';

/** Somebody at a desk: one open socket, so who has two windows is there twice. */
export interface Present {
  /** Of the socket. */
  id: string;
  actor: string;
  name: string;
  role: 'reporter' | 'editor' | 'admin';
  /** The update that is being edited. Soft: it expires unless it is said again. */
  editing: string | null;
}

/** What a newsroom’s browser says (Socket.IO, namespace `/newsroom`). Nothing of it is durable. */
export interface FromNewsroom {
  arrive: (request: { timeline: string }, answer: (reply: ArriveReply) => void) => void;
  edit: (request: { timeline: string; update: string | null }) => void;
  leave: (request: { timeline: string }) => void;
}

export type ArriveReply = { ok: true; you: string; people: Present[] } | { ok: false; error: Problem };

/** What staff see change and no change of the log tells. */
export type Quiet = 'drafts' | 'settings';

/** What it is told. */
export interface ToNewsroom {
  /** Who is at the desk now, all of them. */
  people: (desk: { timeline: string; people: Present[] }) => void;
  /** Something changed that no change of the log tells: read it again. */
  quiet: (news: { timeline: string; what: Quiet }) => void;
  problem: (problem: Problem) => void;
}
