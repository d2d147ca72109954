import type { Request, RequestHandler, Response } from 'express';
import type { Result } from '../../shared/result.ts';
import { type Actor, authorise, type Role } from '../domain/actor.ts';
import { type Answer, sendAnswer } from './answers.ts';
import { readBody } from './body.ts';
import type { Identity } from './identity.ts';
import { type Refuse, sendProblem } from './problems.ts';
import type { Params } from './queries.ts';
import type { Limiter } from './rate-limits.ts';

/** What a staff handler is asked: by whom, about what. `req` for its body and conditions. */
export interface StaffAsk {
  actor: Actor;
  params: Params;
  req: Request;
}

export type StaffHandler = (ask: StaffAsk) => Promise<Result<Answer>>;

export interface StaffParts {
  identity: Identity;
  writes: Limiter;
}

/**
 * The door for staff. In this order, so that nobody learns or costs more than he may: who is it (401), how much does he ask
 * (429), may he do this to the timeline in the path (403); only then is the body read.
 */
export class StaffDoor {
  readonly #identity: Identity;
  readonly #writes: Limiter;

  constructor({ identity, writes }: StaffParts) {
    this.#identity = identity;
    this.#writes = writes;
  }

  /** `role`: the least one; what more is needed the domain says (a reporter’s own updates). */
  handlers(role: Role, handle: StaffHandler): RequestHandler[] {
    return [
      this.#admit(role),
      readBody,
      async (req, res) => {
        const result = await handle({ actor: actorOf(res), params: req.params as Params, req });
        if (result.ok) await sendAnswer(req, res, result.value);
        else sendProblem(req, res, result.problem);
      },
    ];
  }

  /** The same door for handlers that take the request as a stream and write the answer themselves. */
  streaming(role: Role, handle: (ask: StaffAsk, res: Response) => Promise<void>): RequestHandler[] {
    return [this.#admit(role), (req, res) => handle({ actor: actorOf(res), params: req.params as Params, req }, res)];
  }

  /** For a public address that shows more to staff: a request without credentials goes on to the next handler. */
  optional(handle: StaffHandler, refuse: Refuse): RequestHandler {
    return async (req, res, next) => {
      if (!this.#identity.isSent(req)) return next();
      const found = await this.#identity.identify(req);
      if (!found.ok) return refuse(req, res, found.refusal.problem, found.refusal.headers);
      const result = await handle({ actor: found.actor, params: req.params as Params, req });
      if (result.ok) await sendAnswer(req, res, result.value);
      else refuse(req, res, result.problem);
    };
  }

  #admit(role: Role): RequestHandler {
    return async (req, res, next) => {
      const found = await this.#identity.identify(req);
      if (!found.ok) return sendProblem(req, res, found.refusal.problem, found.refusal.headers);
      const { actor } = found;
      const tooMany = await this.#writes.take(actor.id);
      if (tooMany) return sendProblem(req, res, tooMany.problem, tooMany.headers);
      const allowed = admits(actor, req.params as Params, role);
      if (!allowed.ok) return sendProblem(req, res, allowed.problem);
      res.locals['actor'] = actor;
      next();
    };
  }
}

/** What belongs to no timeline asks for authority over all of them; but a new timeline’s slug stands in the body. */
function admits(actor: Actor, params: Params, role: Role): Result<void> {
  const slug = params['slug'];
  if (slug !== undefined) return authorise(actor, slug, role);
  return authorise({ ...actor, timelines: null }, null, role);
}

const actorOf = (res: Response): Actor => res.locals['actor'] as Actor;
