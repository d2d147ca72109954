import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { newReplySchema, newReportSchema, replyDecisionSchema, replyStatuses } from '../../../shared/reply.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { clean } from '../../domain/clean.ts';
import type { Moderation } from '../../newsroom/replies/moderation.ts';
import type { Receipt, ReplyDesk, Sending } from '../../newsroom/replies/reply-desk.ts';
import { sendAnswer } from '../answers.ts';
import { jsonBody, readBody } from '../body.ts';
import { idOf, slugOf } from '../commands.ts';
import { jsonWriter } from '../contents.ts';
import { queryOf } from '../front.ts';
import { parse } from '../parse.ts';
import { sendProblem } from '../problems.ts';
import { type Params, wholeNumber } from '../queries.ts';
import type { Limiter } from '../rate-limits.ts';
import { Representation } from '../representation.ts';
import type { Route } from '../routes.ts';
import type { Headers } from '../security-headers.ts';
import type { StaffDoor } from '../staff.ts';

export interface ReplyRouteParts {
  staff: StaffDoor;
  replyDesk: ReplyDesk;
  moderation: Moderation;
  reads: Limiter;
  addressOf: (req: IncomingMessage) => string;
  headers: Headers;
}

export const queueQuerySchema = z.object({
  status: z.enum(replyStatuses).default('pending'),
  limit: wholeNumber(limits.repliesPerPage).default(limits.repliesPerPage),
  after: z.string().max(128).optional().meta({ description: 'The `more` of an earlier answer.' }),
});

const timeline = '/api/v1/timelines/:slug';

/** Replies and error reports: what readers send and see, and the queue in which editors decide. */
export function replyRoutes(parts: ReplyRouteParts): Route[] {
  const { staff, replyDesk, moderation, addressOf } = parts;
  return [
    { method: 'GET', path: `${timeline}/updates/:id/replies`, handlers: [approved(parts)] },
    {
      method: 'POST',
      path: `${timeline}/updates/:id/replies`,
      handlers: receiving(newReplySchema, addressOf, (params, input, sending) =>
        replyDesk.reply(slugOf(params), idOf(params), input, sending),
      ),
    },
    {
      method: 'POST',
      path: `${timeline}/updates/:id/reports`,
      handlers: receiving(newReportSchema, addressOf, (params, input, sending) =>
        replyDesk.report(slugOf(params), idOf(params), input, sending),
      ),
    },
    {
      method: 'GET',
      path: `${timeline}/replies`,
      handlers: staff.handlers('editor', async ({ params, req }) => {
        const asked = parse(queueQuerySchema, queryOf(req.originalUrl, Object.keys(queueQuerySchema.shape)));
        if (!asked.ok) return asked;
        const { status, limit, after = null } = asked.value;
        return said(await moderation.queue(slugOf(params), status, { after, limit }));
      }),
    },
    {
      method: 'PATCH',
      path: `${timeline}/replies/:id`,
      handlers: staff.handlers('editor', async ({ actor, params, req }) => {
        const json = jsonBody(req);
        if (!json.ok) return json;
        const decision = parse(replyDecisionSchema, json.value);
        if (!decision.ok) return decision;
        return said(await moderation.decide(actor, slugOf(params), idOf(params), decision.value));
      }),
    },
    {
      method: 'DELETE',
      path: `${timeline}/replies/:id`,
      handlers: staff.handlers('editor', async ({ actor, params }) => {
        const removed = await moderation.remove(actor, slugOf(params), idOf(params));
        return removed.ok ? ok({ status: 204 }) : removed;
      }),
    },
  ];
}

const said = (result: Result<unknown>) => (result.ok ? ok({ status: 200, body: result.value }) : result);

/** Asked of the store each time: approval is in no log, and who was approved is to be seen at once on every node. */
function approved({ replyDesk, reads, addressOf, headers }: ReplyRouteParts): RequestHandler {
  const json = jsonWriter(headers);
  return async (req, res) => {
    const tooMany = await reads.take(addressOf(req));
    if (tooMany) return sendProblem(req, res, tooMany.problem, tooMany.headers);
    const params = req.params as Params;
    const replies = await replyDesk.approved(slugOf(params), idOf(params));
    if (!replies.ok) return sendProblem(req, res, replies.problem);
    const representation = new Representation(json({ replies: replies.value }));
    await representation.prepare(req);
    representation.send(req, res);
  };
}

type Receive<T> = (params: Params, input: T, sending: Sending) => Promise<Receipt>;

/** Takes what anybody sends: 202, whatever will come of it. */
function receiving<S extends z.ZodType>(
  schema: S,
  addressOf: ReplyRouteParts['addressOf'],
  receive: Receive<z.output<S>>,
): RequestHandler[] {
  return [
    readBody,
    async (req: Request, res: Response) => {
      const json = jsonBody(req);
      const input = json.ok ? parse(schema, clean(json.value)) : json;
      if (!input.ok) return sendProblem(req, res, input.problem);
      const sending = { address: addressOf(req), hidden: null, elapsedMs: null };
      const receipt = await receive(req.params as Params, input.value, sending);
      if (receipt.ok) await sendAnswer(req, res, { status: 202, body: receipt.value });
      else sendProblem(req, res, receipt.problem, retryAfter(receipt));
    },
  ];
}

export const retryAfter = ({ waitMs }: Receipt): Headers =>
  waitMs === undefined ? {} : { 'Retry-After': String(Math.ceil(waitMs / 1_000)) };
