import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';
import { hubRequestSchema, type WebSubHub } from '../../delivery/websub-hub.ts';
import { parse } from '../parse.ts';
import { sendProblem } from '../problems.ts';
import type { Limiter } from '../rate-limits.ts';
import type { Route } from '../routes.ts';

export interface WebSubRouteParts {
  hub: WebSubHub;
  /** By address: each request may make us call somebody. */
  turns: Limiter;
  addressOf: (req: IncomingMessage) => string;
  originOf: (req: IncomingMessage) => string;
}

export const hubPath = '/websub';

const readForm = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 });

/** The hub that feeds name: who subscribes there is told of news, and needs not ask. */
export function webSubRoutes({ hub, turns, addressOf, originOf }: WebSubRouteParts): Route[] {
  const admit: RequestHandler = async (req, res, next) => {
    const tooMany = await turns.take(addressOf(req));
    if (tooMany) sendProblem(req, res, tooMany.problem, tooMany.headers);
    else next();
  };
  const take: RequestHandler = async (req, res) => {
    const asked = parse(hubRequestSchema, req.body ?? {});
    const taken = asked.ok ? await hub.take(asked.value, originOf(req)) : asked;
    if (taken.ok) res.status(202).setHeader('Cache-Control', 'no-store').end();
    else sendProblem(req, res, taken.problem);
  };
  return [{ method: 'POST', path: hubPath, handlers: [admit, readForm, take] }];
}
