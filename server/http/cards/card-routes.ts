import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Card, cardOfDay, cardOfUpdate } from '../../cards/card.ts';
import type { Store } from '../../store/store.ts';
import { brief } from '../contents.ts';
import type { Drawings } from '../drawings.ts';
import type { Front, Read } from '../front.ts';
import type { Refuse } from '../problems.ts';
import type { Params, Queries } from '../queries.ts';
import { Limiter } from '../rate-limits.ts';
import type { Content } from '../representation.ts';
import type { Route } from '../routes.ts';
import type { Headers } from '../security-headers.ts';

export interface CardRouteParts {
  front: Front;
  store: Pick<Store, 'settings'>;
  queries: Queries;
  cards: Drawings['cards'];
  refuse: Refuse;
  addressOf: (req: IncomingMessage) => string;
  headers: Headers;
}

/** The pictures that other sites show beside a link to a day or an update. */
export function cardRoutes(parts: CardRouteParts): Route[] {
  const { front, cards, headers } = parts;
  const limited = drawingLimit(parts);
  const read = (cardOf: (params: Params) => Promise<Result<Card>>): Read => ({
    follows: 'timeline',
    build: async (params): Promise<Result<Content>> => {
      const card = await cardOf(params);
      if (!card.ok) return card;
      const png = await cards.get(card.value);
      return png.ok ? ok({ type: 'image/png', body: png.value, isPacked: true, cacheControl: brief, headers }) : png;
    },
  });
  const get = (path: string, cardOf: (params: Params) => Promise<Result<Card>>): Route => ({
    method: 'GET',
    path,
    handlers: [limited, front.handler(read(cardOf))],
  });
  return [
    get('/:slug/day/:day/card.png', (params) => dayCard(parts, params)),
    get('/:slug/updates/:id/card.png', (params) => updateCard(parts, params)),
  ];
}

/** Only what is not ready in memory comes here. Whoever shows links asks for a few; who asks for all of them wants us to draw. */
function drawingLimit({ refuse, addressOf }: CardRouteParts): RequestHandler {
  const limiter = new Limiter('Too many cards for this address', limits.cardsPerMinute, 60);
  return async (req, res, next) => {
    const tooMany = await limiter.take(addressOf(req));
    if (tooMany) refuse(req, res, tooMany.problem, tooMany.headers);
    else next();
  };
}

async function dayCard({ queries, store }: CardRouteParts, { slug = '', day = '' }: Params): Promise<Result<Card>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const view = await queries.day(slug, day, {});
  if (!view.ok) return view;
  return ok(cardOfDay(timeline.value, (await store.settings(slug)).appearance, view.value));
}

async function updateCard({ queries, store }: CardRouteParts, { slug = '', id = '' }: Params): Promise<Result<Card>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const update = await queries.update(slug, id);
  if (!update.ok) return update;
  return ok(cardOfUpdate(timeline.value, (await store.settings(slug)).appearance, update.value));
}
