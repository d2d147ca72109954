import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import Negotiator from 'negotiator';
import { type Problem, problem } from '../../shared/problems.ts';
import type { ErrorStatus } from '../../shared/view/error.ts';
import type { Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store.ts';
import { sendAnswer, sendText } from './answers.ts';
import type { Pages } from './pages.ts';
import { type Refuse, refusalHeaders, sendProblem } from './problems.ts';
import type { Queries } from './queries.ts';
import { isData } from './security-headers.ts';

/** The process is alive: nothing else is looked at, or a slow store would have it killed. */
export const healthz: RequestHandler = (req, res) => sendAnswer(req, res, { status: 200, body: { status: 'ok' } });

/** This node can serve: its store answers, and it follows the logs. */
export function readyz(store: Pick<Store, 'ping'>, live: { readonly connected: boolean }): RequestHandler {
  return async (req, res) => {
    const reached = await answers(store);
    if (reached && live.connected) return sendAnswer(req, res, { status: 200, body: { status: 'ready' } });
    const detail = reached ? 'The change logs are not followed.' : 'The store does not answer.';
    sendProblem(req, res, problem('store-unavailable', detail));
  };
}

async function answers(store: Pick<Store, 'ping'>): Promise<boolean> {
  try {
    await store.ping();
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

export interface RefusalParts {
  pages: Pages;
  queries: Queries;
}

/** Refuses as the asker can read it: a page for people, a problem for programs and for everything under `/api`. */
export function refuser({ pages, queries }: RefusalParts): Refuse {
  return (req, res, refusal, headers = {}) => {
    if (!wantsPage(req)) return sendProblem(req, res, refusal, headers);
    const slug = /^\/([^/?]*)/.exec(req.url ?? '')?.[1] ?? '';
    const timeline = queries.timeline(slug);
    const { html } = pages.error(pageFor(refusal), timeline.ok ? timeline.value : null);
    for (const [name, value] of Object.entries({ ...refusalHeaders(refusal), ...headers })) res.setHeader(name, value);
    res.statusCode = refusal.status;
    return void sendText(req, res, 'text/html; charset=utf-8', html).catch(() => res.destroy());
  };
}

function wantsPage(req: IncomingMessage): boolean {
  if (isData(req.url ?? '')) return false;
  return new Negotiator(req).mediaType(['text/html', 'application/problem+json', 'application/json']) === 'text/html';
}

/** A reader has four pages for what can go wrong; a fault in an address is, to him, an address that leads nowhere. */
function pageFor({ status }: Problem): ErrorStatus {
  if (status === 410 || status === 500) return status;
  return status === 503 || status === 429 ? 503 : 404;
}
