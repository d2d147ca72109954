import type { NewUpdate, UpdatePatch } from '../../../../shared/update.ts';
import type { Refusal } from '../../api.ts';
import type { Form } from '../composer/form.ts';

/** What is sent: a new update; the draft that it is saved as; or a draft of which nobody knows whether it was saved. */
export type Sending =
  | { kind: 'new'; input: NewUpdate }
  | { kind: 'draft'; id: string; revision: number; base: Form; patch: UpdatePatch }
  | { kind: 'create'; key: string; input: NewUpdate; patch: UpdatePatch };

/** Something that is to be published, from the moment that somebody said so until the server has said that it is. */
export interface Posting {
  /** Its idempotency key: however often it is sent, it is one update. */
  key: string;
  actor: string;
  timeline: string;
  madeAt: string;
  send: Sending;
  /** Published so long after it has arrived, and not by `new`: until then it can be called back. */
  delayMs: number | null;
  /** As it was written, to be taken up again. */
  form: Form;
  state: 'waiting' | 'refused';
  problem: Refusal | null;
}

/** What an attempt to send came to. `wait`: nobody knows, or not now; it is sent again with the same key. */
export type Attempt<T> =
  | { kind: 'sent'; value: T }
  | { kind: 'wait'; problem: Refusal }
  | { kind: 'refused'; problem: Refusal };

/** Refusals that may be none the next time. A hold ends, a session begins again, a server comes back. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'publication-on-hold', 'unauthenticated', 'contended']);

export const isPassing = ({ code, status }: Refusal): boolean => passing.has(code) || status === 429 || status >= 500;
