import type { RequestHandler } from 'express';
import type { Commands } from './commands.ts';
import type { Front } from './front.ts';
import type { PageReads } from './page-reads.ts';
import type { Reads } from './reads.ts';
import type { StaffDoor } from './staff.ts';
import type { TokenCommands } from './tokens.ts';
import type { Transfers } from './transfers.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  handlers: RequestHandler[];
}

export interface RouteParts {
  front: Front;
  staff: StaffDoor;
  reads: Reads;
  pages: PageReads;
  commands: Commands;
  tokens: TokenCommands;
  transfers: Transfers;
  /** What has a folder of its own under `server/http/` brings its routes along. */
  areas: readonly Route[];
  /** An update with its drafts, for those who send credentials. */
  staffUpdate: RequestHandler;
  stream: RequestHandler;
  /** Leads from the field for a day to that day. */
  askedDay: RequestHandler;
  healthz: RequestHandler;
  readyz: RequestHandler;
  metrics: RequestHandler;
}

/** Everything that can be asked for, in the order in which it is matched. */
export function routes({ front, staff, reads, pages, commands, tokens, transfers, ...one }: RouteParts): Route[] {
  const timeline = '/api/v1/timelines/:slug';
  const get = (path: string, ...handlers: RequestHandler[]): Route => ({ method: 'GET', path, handlers });
  const to = (method: Route['method'], path: string, handlers: RequestHandler[]): Route => ({ method, path, handlers });

  return [
    get('/api/v1/openapi.json', front.handler(reads.openApi)),
    get('/api/v1/timelines', front.handler(reads.timelines)),
    to('POST', '/api/v1/timelines', staff.handlers('admin', commands.createTimeline)),
    get(timeline, front.handler(reads.timeline)),
    to('PATCH', timeline, staff.handlers('admin', commands.reviseTimeline)),
    get(`${timeline}/days`, front.handler(reads.days)),
    get(`${timeline}/days/:day`, front.handler(reads.day)),
    to('PUT', `${timeline}/days/:day/summary`, staff.handlers('editor', commands.summarise)),
    to('POST', `${timeline}/updates`, staff.handlers('reporter', commands.publish)),
    get(`${timeline}/updates/:id`, one.staffUpdate, front.handler(reads.update)),
    to('PATCH', `${timeline}/updates/:id`, staff.handlers('reporter', commands.revise)),
    to('DELETE', `${timeline}/updates/:id`, staff.handlers('editor', commands.remove)),
    get(`${timeline}/updates/:id/revisions`, front.handler(reads.revisions)),
    get(`${timeline}/head`, front.handler(reads.head)),
    get(`${timeline}/changes`, front.handler(reads.changes)),
    get(`${timeline}/missed`, front.handler(reads.missed)),
    get(`${timeline}/stream`, one.stream),
    get(`${timeline}/export.ndjson`, transfers.exportTimeline),
    get(`${timeline}/export.csv`, transfers.exportCsv),
    to('POST', `${timeline}/import`, staff.streaming('editor', transfers.importRows)),
    get('/api/v1/tokens', ...staff.handlers('admin', tokens.list)),
    to('POST', '/api/v1/tokens', staff.handlers('admin', tokens.create)),
    to('DELETE', '/api/v1/tokens/:id', staff.handlers('admin', tokens.remove)),

    get('/healthz', one.healthz),
    get('/readyz', one.readyz),
    get('/metrics', one.metrics),
    get('/assets/:file', front.handler(reads.asset)),
    get('/docs/api', front.handler(reads.apiPage)),
    get('/docs/problems', front.handler(reads.problemsPage)),

    ...one.areas,

    get('/', front.handler(pages.home)),
    get('/:slug', front.handler(pages.latest)),
    get('/:slug/days', one.askedDay, front.handler(pages.days)),
    get('/:slug/key', front.handler(pages.key)),
    get('/:slug/corrections', front.handler(pages.corrections)),
    get('/:slug/day/:day', front.handler(pages.day)),
    get('/:slug/day/:day/map', front.handler(pages.map)),
    get('/:slug/popular', front.handler(pages.popular)),
    get('/:slug/search', front.handler(pages.search)),
    get('/:slug/updates/:id', front.handler(pages.update)),
  ];
}
