import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { problem } from '../../../shared/problems.ts';
import { newReplySchema, newReportSchema } from '../../../shared/reply.ts';
import type { Result } from '../../../shared/result.ts';
import type { SentForm } from '../../../shared/view/taking-part.ts';
import { clean } from '../../domain/clean.ts';
import type { Receipt, ReplyDesk, Sending } from '../../newsroom/replies/reply-desk.ts';
import { sendText } from '../answers.ts';
import { idOf, slugOf } from '../commands.ts';
import { queryOf } from '../front.ts';
import { ledTo } from '../kept-language.ts';
import type { Page } from '../pages.ts';
import { parse } from '../parse.ts';
import type { Refuse } from '../problems.ts';
import type { Params, Query } from '../queries.ts';
import type { Route } from '../routes.ts';
import { retryAfter } from './reply-routes.ts';

export interface ReplyFormParts {
  replyDesk: ReplyDesk;
  /** The update’s page with a form as it was sent. */
  page: (req: IncomingMessage, params: Params, query: Query, sent: SentForm) => Promise<Result<Page>>;
  refuse: Refuse;
  addressOf: (req: IncomingMessage) => string;
  clock: () => number;
}

/** A page older than this tells nothing of how long its form took. */
const oldestPageMs = 12 * 3_600_000;

/** The forms below an update, for browsers without JavaScript and with it: a plain POST, and a redirect back to the page. */
export function replyForms(parts: ReplyFormParts): Route[] {
  const { replyDesk } = parts;
  return [
    {
      method: 'POST',
      path: '/:slug/updates/:id/replies',
      handlers: form(parts, 'reply', newReplySchema, (params, input, sending) =>
        replyDesk.reply(slugOf(params), idOf(params), input, sending),
      ),
    },
    {
      method: 'POST',
      path: '/:slug/updates/:id/reports',
      handlers: form(parts, 'report', newReportSchema, (params, input, sending) =>
        replyDesk.report(slugOf(params), idOf(params), input, sending),
      ),
    },
    ...['replies', 'reports'].map(
      (what): Route => ({ method: 'GET', path: `/:slug/updates/:id/${what}`, handlers: [backToUpdate] }),
    ),
  ];
}

const updateOf = (params: Params): string => `/${slugOf(params)}/updates/${idOf(params)}`;

/** What a form answered with its faults stands at its own address, from where readers reload, change the language, or come by a link. */
const backToUpdate: RequestHandler = (req, res) => res.redirect(303, ledTo(updateOf(req.params as Params), req));

const readFields = express.urlencoded({ extended: false, limit: 64 * 1024, parameterLimit: 20 });

type Fields = Readonly<Record<string, string>>;
type Receive<T> = (params: Params, input: T, sending: Sending) => Promise<Receipt>;

function form<S extends z.ZodType>(
  parts: ReplyFormParts,
  what: SentForm['what'],
  schema: S,
  receive: Receive<z.output<S>>,
): RequestHandler[] {
  const { refuse, addressOf, clock } = parts;
  return [
    // Another site’s page must not speak for those who look at it.
    (req, res, next) => {
      if (req.headers['sec-fetch-site'] !== 'cross-site') return next();
      refuse(req, res, problem('forbidden', 'This form is sent from our own pages alone.'));
    },
    (req, res, next) =>
      readFields(req, res, (error?: unknown) => {
        if (error) refuse(req, res, problem('too-large', 'This form could not be read.'));
        else next();
      }),
    async (req, res) => {
      const params = req.params as Params;
      const fields = fieldsOf(req.body);
      const input = parse(schema, inputOf(what, fields));
      const sending = {
        address: addressOf(req),
        hidden: fields['website'] ?? null,
        elapsedMs: elapsed(fields, clock()),
      };
      const receipt: Receipt = input.ok ? await receive(params, input.value, sending) : input;
      const place = what === 'reply' ? 'leave-reply' : 'report';
      if (receipt.ok) res.redirect(303, `${ledTo(updateOf(params), req, { sent: what })}#${place}`);
      else await showAgain(parts, req, res, { what, fields, receipt });
    },
  ];
}

/** What of a form is taken: its own fields; an empty one that nobody has to fill was not sent. */
function inputOf(what: SentForm['what'], { name, category, email, text }: Fields): object {
  const given = what === 'reply' ? { name, email, text } : { category, email: email || undefined, text };
  return clean({ ...given, text: text?.replaceAll('\r\n', '\n') });
}

async function showAgain(
  { page, refuse }: ReplyFormParts,
  req: Request,
  res: Response,
  { what, fields, receipt }: { what: SentForm['what']; fields: Fields; receipt: Exclude<Receipt, { ok: true }> },
): Promise<void> {
  const { problem: refusal, waitMs } = receipt;
  if (refusal.code !== 'validation-failed' && waitMs === undefined) return refuse(req, res, refusal);
  const faults = refusal.errors?.map(({ path }) => path.slice(1)) ?? [];
  const waitMinutes = waitMs === undefined ? null : Math.ceil(waitMs / 60_000);
  const query = queryOf(req.originalUrl, ['lang']);
  const shown = await page(req, req.params as Params, query, { what, values: fields, faults, waitMinutes });
  if (!shown.ok) return refuse(req, res, shown.problem);
  res.statusCode = refusal.status;
  res.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(retryAfter(receipt))) res.setHeader(name, value);
  await sendText(req, res, 'text/html; charset=utf-8', shown.value.html);
}

const fieldsOf = (body: unknown): Fields =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** null: the page was made too long ago, or says nothing of it. */
function elapsed(fields: Fields, now: number): number | null {
  const made = Number(fields['made'] ?? Number.NaN);
  const ms = now - made;
  return Number.isFinite(ms) && ms >= 0 && ms < oldestPageMs ? ms : null;
}
