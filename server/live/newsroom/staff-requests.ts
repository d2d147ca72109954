import { z } from 'zod';
import type { ArriveReply } from '../../../shared/newsroom-protocol.ts';

const timeline = z.string().max(64);
const acknowledgement = z.custom<(reply: ArriveReply) => void>((value) => typeof value === 'function');

const events = z.union([
  z.tuple([z.literal('arrive'), z.strictObject({ timeline }), acknowledgement]),
  z.tuple([z.literal('edit'), z.strictObject({ timeline, update: z.string().max(64).nullable() })]),
  z.tuple([z.literal('leave'), z.strictObject({ timeline })]),
]);

export type StaffRequest =
  | { kind: 'arrive'; timeline: string; answer: (reply: ArriveReply) => void }
  | { kind: 'edit'; timeline: string; update: string | null }
  | { kind: 'leave'; timeline: string };

/** Reads what a newsroom’s socket says; null: not even the shape of a request. */
export function parseStaffEvent(event: readonly unknown[]): StaffRequest | null {
  const parsed = events.safeParse(event);
  if (!parsed.success) return null;
  const [kind, request] = parsed.data;
  if (kind === 'arrive') return { kind, ...request, answer: parsed.data[2] };
  return { kind, ...request } as StaffRequest;
}
