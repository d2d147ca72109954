import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { newSubscriptionSchema } from '../../../shared/push.ts';
import { ok } from '../../../shared/result.ts';
import type { PushDesk } from '../../push/push-desk.ts';
import { sendAnswer } from '../answers.ts';
import { readBody } from '../body.ts';
import { idOf, parseBody, slugOf } from '../commands.ts';
import { jsonWriter, untilRelease } from '../contents.ts';
import type { Front } from '../front.ts';
import type { PageReads } from '../page-reads.ts';
import { sendProblem } from '../problems.ts';
import type { Params } from '../queries.ts';
import type { Limiter } from '../rate-limits.ts';
import type { Route } from '../routes.ts';
import type { Headers } from '../security-headers.ts';

export interface PushRouteParts {
  front: Front;
  pages: Pick<PageReads, 'notifications'>;
  desk: PushDesk;
  /** By address. */
  turns: Limiter;
  addressOf: (req: IncomingMessage) => string;
  headers: Headers;
}

const all = '/api/v1/timelines/:slug/subscriptions';

/** Where a reader’s browser asks for notifications, and the page on which he does. */
export function pushRoutes({ front, pages, desk, turns, addressOf, headers }: PushRouteParts): Route[] {
  const admit: RequestHandler = async (req, res, next) => {
    const tooMany = await turns.take(addressOf(req));
    if (tooMany) sendProblem(req, res, tooMany.problem, tooMany.headers);
    else next();
  };
  const subscribe: RequestHandler = async (req, res) => {
    const input = parseBody(newSubscriptionSchema, req);
    const made = input.ok ? await desk.subscribe(slugOf(req.params as Params), input.value) : input;
    if (made.ok) await sendAnswer(req, res, { status: 201, body: made.value });
    else sendProblem(req, res, made.problem);
  };
  const unsubscribe: RequestHandler = async (req, res) => {
    const params = req.params as Params;
    const gone = await desk.unsubscribe(slugOf(params), idOf(params));
    if (gone.ok) await sendAnswer(req, res, { status: 204 });
    else sendProblem(req, res, gone.problem);
  };
  return [
    {
      method: 'GET',
      path: '/api/v1/push',
      handlers: [
        front.handler({
          follows: 'release',
          build: async () =>
            ok({ ...jsonWriter(headers)({ publicKey: await desk.publicKey() }), cacheControl: untilRelease }),
        }),
      ],
    },
    { method: 'POST', path: all, handlers: [admit, readBody, subscribe] },
    { method: 'DELETE', path: `${all}/:id`, handlers: [admit, unsubscribe] },
    { method: 'GET', path: '/:slug/notifications', handlers: [front.handler(pages.notifications)] },
  ];
}
