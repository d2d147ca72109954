import { z } from 'zod';
import { limits } from '../../shared/limits.ts';
import type { ProblemCode } from '../../shared/problems.ts';
import { newSummarySchema, summarySchema } from '../../shared/summary.ts';
import { newTimelineSchema, timelinePatchSchema, timelineSchema } from '../../shared/timeline.ts';
import {
  importRowSchema,
  newUpdateSchema,
  removalSchema,
  updatePatchSchema,
  updateSchema,
} from '../../shared/update.ts';
import type { Role } from '../domain/actor.ts';
import { newTokenSchema } from '../newsroom/tokens.ts';
import {
  changeSchema,
  changesAnswerSchema,
  daysSchema,
  dayViewSchema,
  exportLineSchema,
  headSchema,
  importRecordSchema,
  missedSchema,
  revisionsSchema,
  timelinesSchema,
  tokenMadeSchema,
  tokensSchema,
} from './answer-schemas.ts';
import { auditOperations } from './audit/audit-routes.ts';
import { backOfficeOperations } from './back-office/back-office-operations.ts';
import { deskOperations } from './desk/desk-operations.ts';
import { embedOperations } from './embed/embed-operations.ts';
import { importQuerySchema } from './import-asking.ts';
import { mediaOperations } from './media/media-operations.ts';
import { missedQuerySchema } from './missed-queries.ts';
import { offlineOperations } from './offline/offline-operations.ts';
import { peopleOperations } from './people/people-operations.ts';
import { popularOperations } from './popular/popular.ts';
import { pushOperations } from './push/push-operations.ts';
import { changesQuerySchema, dayQuerySchema } from './queries.ts';
import { replyOperations } from './replies/reply-operations.ts';
import { searchOperations } from './search/search-operations.ts';
import { webhookOperations } from './webhooks/webhook-operations.ts';

/** What the documentation says of one route; all else (limits, credentials, headers) follows from its kind. */
export interface Operation {
  id: string;
  summary: string;
  description?: string;
  role?: Role;
  /** Without a role: `person` takes a session, `open` a page of our own; absent, anybody from anywhere. */
  access?: 'person' | 'open';
  /** False: made for one asker, and so without an ETag. */
  kept?: false;
  query?: z.ZodObject;
  headers?: Record<string, { description: string; required: boolean }>;
  body?: { schema: z.ZodType; type?: string };
  answers: Record<number, { description: string; schema?: z.ZodType; type?: string; headers?: readonly string[] }>;
  problems?: readonly ProblemCode[];
}

const ndjson = 'application/x-ndjson';
const ifMatch = {
  'If-Match': {
    description: 'The revision that this is based on, quoted: `"3"`. An ETag of ours does too.',
    required: true,
  },
};
const conditional = ['not-found', 'stale-revision', 'if-match-required', 'contended'] as const;
const since = 'A position; without it the stream begins now.';

/** Every route of the API, by method and path. A test holds this list and the routes to each other. */
export const operations: Record<string, Operation> = {
  'GET /api/v1/timelines': {
    id: 'timelines',
    summary: 'All timelines',
    answers: { 200: { description: 'In the order of their slugs.', schema: timelinesSchema } },
  },
  'POST /api/v1/timelines': {
    id: 'createTimeline',
    summary: 'Begin a timeline',
    role: 'admin',
    body: { schema: newTimelineSchema },
    answers: {
      201: { description: 'The new timeline, at seq 0.', schema: timelineSchema, headers: ['ETag', 'Location'] },
    },
    problems: ['slug-taken'],
  },
  'GET /api/v1/timelines/:slug': {
    id: 'timeline',
    summary: 'One timeline',
    answers: { 200: { description: 'Its record, its position and the day that it is there.', schema: timelineSchema } },
    problems: ['not-found'],
  },
  'PATCH /api/v1/timelines/:slug': {
    id: 'reviseTimeline',
    summary: 'Revise a timeline',
    description: '`dayOne` and `timeZone` stay as they are once there are updates.',
    role: 'admin',
    headers: ifMatch,
    body: { schema: timelinePatchSchema },
    answers: { 200: { description: 'As it now stands.', schema: timelineSchema, headers: ['ETag'] } },
    problems: [...conditional, 'timeline-has-updates', 'updates-after-end'],
  },
  'GET /api/v1/timelines/:slug/head': {
    id: 'head',
    summary: 'The head of the chain of hashes',
    description:
      'Every change is chained to the one before. Who notes `position@hash` can have the whole history before it checked later, with `npm run daymark -- verify`. Pages show it as `data-head` of their root.',
    answers: { 200: { description: 'Position and hash of the last change.', schema: headSchema } },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/days': {
    id: 'days',
    summary: 'The days that have something',
    answers: { 200: { description: 'Newest first.', schema: daysSchema } },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/days/:day': {
    id: 'day',
    summary: 'One conflict day: its summary and its updates',
    description: 'A day with nothing answers with an empty list; before 1 and after today there is none.',
    query: dayQuerySchema,
    answers: { 200: { description: 'The day, or the page of it that was asked for.', schema: dayViewSchema } },
    problems: ['not-found', 'validation-failed'],
  },
  'PUT /api/v1/timelines/:slug/days/:day/summary': {
    id: 'summarise',
    summary: 'Write the summary of a day',
    description: 'The first is based on revision `"0"`. Without points the day goes back to its automatic summary.',
    role: 'editor',
    headers: ifMatch,
    body: { schema: newSummarySchema },
    answers: { 200: { description: 'The summary as it now stands.', schema: summarySchema, headers: ['ETag'] } },
    problems: conditional,
  },
  'GET /api/v1/timelines/:slug/updates/:id': {
    id: 'update',
    summary: 'One update',
    description: 'With credentials of this timeline’s staff, drafts and scheduled updates too.',
    answers: {
      200: { description: 'The update; a retracted one with its text and its retraction.', schema: updateSchema },
    },
    problems: ['not-found', 'removed'],
  },
  'GET /api/v1/timelines/:slug/updates/:id/revisions': {
    id: 'revisions',
    summary: 'All public wordings of an update',
    answers: { 200: { description: 'Oldest first.', schema: revisionsSchema } },
    problems: ['not-found', 'removed'],
  },
  'POST /api/v1/timelines/:slug/updates': {
    id: 'publishUpdate',
    summary: 'Publish an update, keep a draft, or schedule one',
    description: `Where an editor approves what reporters publish, the answer is a draft. The same \`Idempotency-Key\` within ${limits.idempotencyHours} hours answers the first result again, with 200, and writes nothing. After an answer 503 nobody knows whether the update exists: only a repetition with the same key makes sure.`,
    role: 'reporter',
    headers: {
      'Idempotency-Key': {
        description: `Up to ${limits.idempotencyKeyCharacters} visible ASCII characters.`,
        required: false,
      },
    },
    body: { schema: newUpdateSchema },
    answers: {
      200: {
        description: 'A repetition: the first result.',
        schema: updateSchema,
        headers: ['ETag', 'Location', 'Idempotent-Replay'],
      },
      201: { description: 'The new update.', schema: updateSchema, headers: ['ETag', 'Location'] },
    },
    problems: [
      'not-found',
      'removed',
      'before-day-one',
      'in-the-future',
      'after-the-end',
      'idempotency-key-reused',
      'publication-on-hold',
      'contended',
    ],
  },
  'PATCH /api/v1/timelines/:slug/updates/:id': {
    id: 'reviseUpdate',
    summary: 'Revise, correct, retract or publish an update',
    description:
      '`correction` makes the revision a public correction; `{"status": "retracted", "reason": …}` retracts; `{"status": "published"}` publishes a draft. A reporter may do this to own updates.',
    role: 'reporter',
    headers: ifMatch,
    body: { schema: updatePatchSchema },
    answers: { 200: { description: 'As it now stands.', schema: updateSchema, headers: ['ETag'] } },
    problems: [
      ...conditional,
      'removed',
      'before-day-one',
      'in-the-future',
      'after-the-end',
      'already-published',
      'already-retracted',
      'not-published',
      'publication-on-hold',
      'approval-required',
    ],
  },
  'DELETE /api/v1/timelines/:slug/updates/:id': {
    id: 'removeUpdate',
    summary: 'Take an update down',
    description:
      'Gone at once from everywhere, its earlier wordings and the replay of the log included. Cannot be undone.',
    role: 'editor',
    body: { schema: removalSchema },
    answers: { 204: { description: 'It is gone.' } },
    problems: ['not-found', 'removed', 'contended'],
  },
  'GET /api/v1/timelines/:slug/changes': {
    id: 'changes',
    summary: 'The changes after a position',
    description: 'A `reset` where continuity can’t be proved: fetch the page again.',
    query: changesQuerySchema,
    answers: { 200: { description: 'In order, and where the asker then stands.', schema: changesAnswerSchema } },
    problems: ['not-found', 'malformed-position', 'validation-failed'],
  },
  'GET /api/v1/timelines/:slug/missed': {
    id: 'missed',
    summary: 'What a reader who comes back has missed, counted',
    query: missedQuerySchema,
    answers: { 200: { description: 'Counts, days, and the ids of one day.', schema: missedSchema } },
    problems: ['not-found', 'malformed-position', 'validation-failed'],
  },
  'GET /api/v1/timelines/:slug/stream': {
    id: 'stream',
    summary: 'The changes as they happen (Server-Sent Events)',
    description:
      '`event: change` with the position as `id`; `event: reset` with `{position}` where continuity can’t be proved.',
    query: z.object({ since: z.string().optional().meta({ description: since }) }),
    headers: { 'Last-Event-ID': { description: 'The last position seen; wins over `since`.', required: false } },
    answers: { 200: { description: 'Data of `change` is a Change.', schema: changeSchema, type: 'text/event-stream' } },
    problems: ['not-found', 'malformed-position', 'overloaded'],
  },
  'GET /api/v1/timelines/:slug/export.ndjson': {
    id: 'export',
    summary: 'Everything public of a timeline',
    description: 'With `revisions=1` also earlier wordings and what was taken down, as `timeline restore` takes it.',
    query: z.object({ revisions: z.literal('1').optional() }),
    answers: { 200: { description: 'An object a line.', schema: exportLineSchema, type: ndjson } },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/export.csv': {
    id: 'exportCsv',
    summary: 'The public updates of a timeline, for spreadsheets',
    description: 'Bodies as plain text; what a spreadsheet would take for a formula begins with an apostrophe.',
    answers: { 200: { description: 'A line of names, a line an update.', schema: z.string(), type: 'text/csv' } },
    problems: ['not-found', 'too-many-requests'],
  },
  'POST /api/v1/timelines/:slug/import': {
    id: 'import',
    summary: 'Import rows, each as one live change',
    description:
      'Streamed both ways, without a limit of size. Unknown fields are ignored; the same file again adds nothing. Read the answer while you send. With `from` the body is a file in one of the formats, of any media type: it is read to its end before anything of it is imported, and the answer begins with its format.',
    role: 'editor',
    query: importQuerySchema,
    body: { schema: importRowSchema, type: ndjson },
    answers: {
      200: { description: 'An object a line; the last has the counts.', schema: importRecordSchema, type: ndjson },
    },
    problems: ['not-found', 'validation-failed', 'unreadable-file', 'unsupported-media-type', 'too-large'],
  },
  'POST /api/v1/tokens': {
    id: 'createToken',
    summary: 'Hand out a bearer token',
    role: 'admin',
    body: { schema: newTokenSchema },
    answers: {
      201: { description: 'With its text, shown only here.', schema: tokenMadeSchema, headers: ['Location'] },
    },
  },
  'GET /api/v1/tokens': {
    id: 'tokens',
    summary: 'All tokens, without their texts',
    role: 'admin',
    answers: { 200: { description: 'Oldest first.', schema: tokensSchema } },
  },
  'DELETE /api/v1/tokens/:id': {
    id: 'removeToken',
    summary: 'Take a token away, at once',
    role: 'admin',
    answers: { 204: { description: 'It is worth nothing any more.' } },
    problems: ['not-found'],
  },
  ...peopleOperations,
  ...auditOperations,
  ...deskOperations,
  ...backOfficeOperations,
  ...searchOperations,
  ...embedOperations,
  ...mediaOperations,
  ...replyOperations,
  ...offlineOperations,
  ...popularOperations,
  ...pushOperations,
  ...webhookOperations,
  'GET /api/v1/openapi.json': {
    id: 'openapi',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
  },
};
