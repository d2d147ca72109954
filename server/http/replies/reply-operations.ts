import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import {
  newReplySchema,
  newReportSchema,
  replyDecisionSchema,
  replySchema,
  replyStatuses,
  staffReplySchema,
} from '../../../shared/reply.ts';
import type { Operation } from '../operations.ts';
import { queueQuerySchema } from './reply-routes.ts';

const receivedSchema = z.object({ id: z.string(), status: z.literal('pending') }).meta({ id: 'Received' });
const repliesSchema = z.object({ replies: z.array(replySchema) }).meta({ id: 'Replies' });
const queueSchema = z
  .object({
    replies: z.array(staffReplySchema.extend({ headline: z.string(), day: z.number().int().nullable() })),
    more: z.string().nullable().meta({ description: 'Send it as `after` for those that follow.' }),
    counts: z.record(z.enum(replyStatuses), z.number().int()),
  })
  .meta({ id: 'ReplyQueue' });

const turns = `By default ${limits.replyTurns} in ${limits.replyTurnMinutes} minutes from one address, replies and reports together.`;
const received = { 202: { description: 'It is with the newsroom.', schema: receivedSchema } };
const receivingProblems = ['not-found', 'removed', 'too-many-requests'] as const;

/** The documentation of `replyRoutes`. */
export const replyOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/updates/:id/replies': {
    id: 'replies',
    summary: 'The approved replies to an update',
    description: 'Never with an e-mail address. Empty where the timeline takes none.',
    answers: { 200: { description: 'Oldest first.', schema: repliesSchema } },
    problems: ['not-found', 'removed'],
  },
  'POST /api/v1/timelines/:slug/updates/:id/replies': {
    id: 'reply',
    summary: 'Leave a reply',
    description: `Where the timeline has \`replies: "moderated"\`; it appears when an editor has approved it. ${turns} The same text sent again is the same reply.`,
    body: { schema: newReplySchema },
    answers: received,
    problems: receivingProblems,
  },
  'POST /api/v1/timelines/:slug/updates/:id/reports': {
    id: 'report',
    summary: 'Report an error in an update',
    description: `For the newsroom alone; never published. ${turns}`,
    body: { schema: newReportSchema },
    answers: received,
    problems: receivingProblems,
  },
  'GET /api/v1/timelines/:slug/replies': {
    id: 'replyQueue',
    summary: 'Replies and error reports by what was decided on them',
    role: 'editor',
    query: queueQuerySchema,
    answers: { 200: { description: 'Those that came first, first.', schema: queueSchema } },
    problems: ['not-found', 'validation-failed'],
  },
  'PATCH /api/v1/timelines/:slug/replies/:id': {
    id: 'decideReply',
    summary: 'Approve, reject or close a reply or a report, or call it spam',
    description: `A report is \`closed\`, with the \`revision\` that corrects the update if there is one. \`ban\` refuses address and e-mail of the sender for ${limits.banDays} days; neither is kept in clear for it.`,
    role: 'editor',
    body: { schema: replyDecisionSchema },
    answers: { 200: { description: 'As it now stands.', schema: staffReplySchema } },
    problems: ['not-found'],
  },
  'DELETE /api/v1/timelines/:slug/replies/:id': {
    id: 'removeReply',
    summary: 'Delete a reply or a report for good',
    role: 'editor',
    answers: { 204: { description: 'Nothing of it is left.' } },
    problems: ['not-found'],
  },
};
