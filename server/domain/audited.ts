import type { AuditEntry } from '../store/store.ts';
import type { Actor } from './actor.ts';

/** Everything that the audit log knows, by area and what was done in it. */
export type AuditAction =
  | `session.${'begin' | 'refuse' | 'end' | 'end-all'}`
  | `account.${'create' | 'rename' | 'password' | 'second-factor-on' | 'second-factor-off' | 'recovery-codes' | 'reset'}`
  | `person.${'role' | 'timelines' | 'rename' | 'disable' | 'enable'}`
  | `invitation.${'create' | 'withdraw' | 'accept'}`
  | `token.${'create' | 'delete'}`
  | 'rules.revise'
  | `timeline.${'create' | 'revise' | 'delete' | 'import'}`
  | 'settings.revise'
  | 'summary.revise'
  | `update.${'publish' | 'draft' | 'schedule' | 'submit' | 'send-back' | 'revise' | 'correct' | 'retract' | 'remove'}`
  | 'draft.discard'
  | `webhook.${'create' | 'revise' | 'rotate' | 'test' | 'resend' | 'disable' | 'delete'}`
  | `reply.${'approve' | 'reject' | 'spam' | 'ban' | 'close' | 'delete'}`;

export interface Done {
  action: AuditAction;
  target: string;
  targetName?: string | null;
  reason?: string | null;
}

/** An entry of the audit log about what an actor does now. */
export function audited(
  { id, name, address }: Actor,
  now: number,
  { action, target, targetName = null, reason = null }: Done,
): AuditEntry {
  return {
    at: new Date(now).toISOString(),
    actor: id,
    actorName: name,
    address: address ?? null,
    action,
    target,
    targetName,
    reason,
  };
}
