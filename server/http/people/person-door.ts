import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { problem } from '../../../shared/problems.ts';
import type { Result } from '../../../shared/result.ts';
import type { Present, Sessions } from '../../newsroom/people/sessions.ts';
import type { Asker } from '../../newsroom/people/sign-in.ts';
import { type Answer, sendAnswer } from '../answers.ts';
import { readBody } from '../body.ts';
import type { Identity } from '../identity.ts';
import { sendProblem } from '../problems.ts';
import type { Params } from '../queries.ts';
import type { Limiter } from '../rate-limits.ts';
import type { Cookies } from './cookies.ts';
import type { OwnRequests } from './own-requests.ts';

export interface PersonAsk {
  present: Present;
  params: Params;
  req: Request;
}

export interface OpenAsk {
  asker: Asker;
  req: Request;
}

export type Waiting = { ok: false; waitMs: number };

export interface PersonDoorParts {
  identity: Identity;
  cookies: Cookies;
  own: OwnRequests;
  sessions: Sessions;
  writes: Limiter;
  addressOf: (req: IncomingMessage) => string;
}

/** The door for people: what only a browser with a session does, and what leads to one. */
export class PersonDoor {
  readonly #parts: PersonDoorParts;

  constructor(parts: PersonDoorParts) {
    this.#parts = parts;
  }

  /** For whoever is signed in, a second factor or not: so that it can be set up. */
  handlers(handle: (ask: PersonAsk) => Promise<Result<Answer>>): RequestHandler[] {
    const { identity, writes } = this.#parts;
    return [
      async (req, res, next) => {
        const found = await identity.person(req);
        if (!found.ok) return sendProblem(req, res, found.refusal.problem, found.refusal.headers);
        const tooMany = await writes.take(found.present.account.id);
        if (tooMany) return sendProblem(req, res, tooMany.problem, tooMany.headers);
        res.locals['present'] = found.present;
        next();
      },
      readBody,
      async (req, res) => {
        const present = res.locals['present'] as Present;
        const result = await handle({ present, params: req.params as Params, req });
        if (result.ok) await sendAnswer(req, res, result.value);
        else sendProblem(req, res, result.problem);
      },
    ];
  }

  /** The session of whoever reads, where it is one of our own pages. */
  async look(req: Request): Promise<Present | null> {
    const { own, cookies, sessions } = this.#parts;
    const token = own.has(req) ? cookies.of(req.headers, 'session') : null;
    return token === null ? null : sessions.of(token, true);
  }

  /** For anybody at one of our own pages: a foreign one must not sign a browser in either. */
  open(handle: (ask: OpenAsk) => Promise<Result<Answer> | Waiting>): RequestHandler[] {
    const { own } = this.#parts;
    return [
      (req, res, next) => (own.has(req) ? next() : sendProblem(req, res, foreign())),
      readBody,
      async (req, res) => {
        const result = await handle({ asker: this.askerOf(req), req });
        if (result.ok) return sendAnswer(req, res, result.value);
        if (!('waitMs' in result)) return sendProblem(req, res, result.problem);
        const seconds = Math.ceil(result.waitMs / 1_000);
        const detail = `Too many attempts. Try again in ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`;
        sendProblem(req, res, problem('too-many-requests', detail), { 'Retry-After': String(seconds) });
      },
    ];
  }

  askerOf(req: IncomingMessage): Asker {
    const { cookies, addressOf } = this.#parts;
    return {
      address: addressOf(req),
      userAgent: String(req.headers['user-agent'] ?? '').slice(0, 500),
      device: cookies.of(req.headers, 'device'),
    };
  }
}

export const foreign = () =>
  problem(
    'foreign-request',
    'Only the newsroom’s own pages do this. Behind a proxy, set PUBLIC_URL to the address that people see.',
  );
