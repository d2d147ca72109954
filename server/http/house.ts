import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import Negotiator from 'negotiator';
import { type Problem, problem } from '../../shared/problems.ts';
import type { ErrorStatus } from '../../shared/view/error.ts';
import type { Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store.ts';
import { sendAnswer, sendText } from './answers.ts';
import { queryOf } from './front.ts';
import type { Pages } from './pages.ts';
import { type Refuse, refusalHeaders, sendProblem } from './problems.ts';
import type { Queries } from './queries.ts';
import { isData } from './security-headers.ts';
import { noteRefusal } from './tallies.ts';

/** The process is alive: nothing else is looked at, or a slow store would have it killed. */
export const healthz: RequestHandler = (req, res) => sendAnswer(req, res, { status: 200, body: { status: 'ok' } });

export interface ReadyParts {
  store: Pick<Store, 'ping'>;
  live: { readonly connected: boolean; readonly lookedMsAgo: number };
  /** True from the order to stop on: who asks is to send readers elsewhere. */
  isDraining: () => boolean;
}

/** Proxies ask often and wait a second or two; a store that takes longer is of no use to a reader either. */
const pingWithinMs = 1_000;
/** The logs are looked at every two seconds; a look takes three at the most. */
const oldestLookMs = 10_000;

/** This node can serve: it is not on its way out, its store answers, and it follows the logs. Else 503, with all reasons. */
export function readyz(parts: ReadyParts): RequestHandler {
  let asked: Promise<boolean> | null = null;
  // Shared by all who ask meanwhile: an address that is open to everybody must not be a way to keep the store busy.
  const isReached = (): Promise<boolean> => {
    asked ??= answers(parts.store).finally(() => {
      asked = null;
    });
    return asked;
  };
  return async (req, res) => {
    const reasons: string[] = [];
    if (parts.isDraining()) reasons.push('draining');
    if (!(await isReached())) reasons.push('store-unreachable');
    if (!parts.live.connected || parts.live.lookedMsAgo > oldestLookMs) reasons.push('log-not-followed');
    if (reasons.length === 0) return sendAnswer(req, res, { status: 200, body: { status: 'ready' } });
    const code = reasons[0] === 'draining' ? 'stopping' : 'store-unavailable';
    const refusal = { ...problem(code, `Not ready: ${reasons.join(', ')}.`), reasons };
    sendProblem(req, res, refusal);
  };
}

async function answers(store: Pick<Store, 'ping'>): Promise<boolean> {
  const patience = new AbortController();
  const late = pause(pingWithinMs, false, { ref: false, signal: patience.signal }).catch(() => false);
  try {
    return await Promise.race([store.ping().then(() => true), late]);
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  } finally {
    patience.abort();
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
    noteRefusal(res, refusal);
    const slug = /^\/([^/?]*)/.exec(req.url ?? '')?.[1] ?? '';
    const timeline = queries.timeline(slug);
    const { lang } = queryOf(req.url ?? '', ['lang']);
    const { html } = pages.error(pageFor(refusal), timeline.ok ? timeline.value : null, lang);
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
