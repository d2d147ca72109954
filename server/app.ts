import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { problem } from '../shared/problems.ts';
import type { Assets } from '../shared/view/layout.ts';
import type { Sender } from './delivery/sender.ts';
import type { FeedBody } from './delivery/subscription-run.ts';
import { WebSubHub } from './delivery/websub-hub.ts';
import type { Actor } from './domain/actor.ts';
import { headText } from './domain/present.ts';
import { addressBehind } from './http/address.ts';
import { auditRoutes } from './http/audit/audit-routes.ts';
import { backOfficeRoutes } from './http/back-office/back-office-routes.ts';
import { cardRoutes } from './http/cards/card-routes.ts';
import { commands } from './http/commands.ts';
import { preflight } from './http/cors.ts';
import { deskRoutes } from './http/desk/desk-routes.ts';
import { documentationStyleSource } from './http/documentation.ts';
import { type DrawingParts, Drawings } from './http/drawings.ts';
import { embedHostsRoutes } from './http/embed/embed-routes.ts';
import { timelineOfTopic } from './http/feeds/topics.ts';
import { Front, queryOf } from './http/front.ts';
import { healthz, readyz, refuser } from './http/house.ts';
import { ledTo } from './http/kept-language.ts';
import { mediaRoutes } from './http/media/media-routes.ts';
import { MediaShelf } from './http/media/media-shelf.ts';
import { meter } from './http/meter.ts';
import { metricsDoor } from './http/metrics-door.ts';
import { MissedQueries } from './http/missed-queries.ts';
import type { NewsroomAssets } from './http/newsroom/newsroom-assets.ts';
import { newsroomRoutes } from './http/newsroom/newsroom-routes.ts';
import { offlineRoutes } from './http/offline/offline-routes.ts';
import { openApiDocument } from './http/openapi.ts';
import { originFor } from './http/origin.ts';
import { PageQueries } from './http/page-queries.ts';
import { pageReads, pageWithForm } from './http/page-reads.ts';
import { Pages } from './http/pages.ts';
import { peopleArea } from './http/people/people-area.ts';
import { Popular, popularRoutes } from './http/popular/popular.ts';
import { Prepared } from './http/prepared.ts';
import { errorHandler, type Refuse } from './http/problems.ts';
import { pushRoutes } from './http/push/push-routes.ts';
import { Queries } from './http/queries.ts';
import { defaultRateLimits, limitersFor, type RateLimits } from './http/rate-limits.ts';
import { reads } from './http/reads.ts';
import { replyForms } from './http/replies/reply-forms.ts';
import { replyRoutes } from './http/replies/reply-routes.ts';
import { TakingPartQuery } from './http/replies/taking-part-query.ts';
import { type Route, routes } from './http/routes.ts';
import { SearchQueries } from './http/search/search-queries.ts';
import { searchRoutes } from './http/search/search-routes.ts';
import { isData, isEmbed, isWorker, type SecurityHeaders, securityHeaders } from './http/security-headers.ts';
import { StaffDoor } from './http/staff.ts';
import { syndication } from './http/syndication.ts';
import { Tallies } from './http/tallies.ts';
import { tokenCommands } from './http/tokens.ts';
import { type ExportLimits, transfers } from './http/transfers.ts';
import { Versions } from './http/versions.ts';
import { webhookRoutes } from './http/webhooks/webhook-routes.ts';
import { webSubRoutes } from './http/websub/websub-routes.ts';
import type { LiveLog } from './live/live-log.ts';
import type { Credentials } from './live/newsroom/credentials.ts';
import type { Streams } from './live/sse.ts';
import type { ImageFetcher } from './media/image-fetcher.ts';
import type { MediaStorage } from './media/media-storage.ts';
import { AuditLog } from './newsroom/audit-log.ts';
import { BackOffice } from './newsroom/back-office.ts';
import type { Desk } from './newsroom/desk.ts';
import { DraftDesk } from './newsroom/draft-desk.ts';
import type { ImageLibrary } from './newsroom/image-library.ts';
import { Moderation } from './newsroom/replies/moderation.ts';
import { ReplyDesk } from './newsroom/replies/reply-desk.ts';
import type { ReplyVersions } from './newsroom/replies/reply-versions.ts';
import { RowImages } from './newsroom/row-images.ts';
import { SummaryHistory } from './newsroom/summary-history.ts';
import { WebhookDesk } from './newsroom/webhooks/webhook-desk.ts';
import { measureDeliveries } from './ops/delivery-metrics.ts';
import { measureHttp } from './ops/http-metrics.ts';
import { measureImages } from './ops/image-metrics.ts';
import { measureLog } from './ops/live-metrics.ts';
import { Metrics } from './ops/metrics.ts';
import { PushDesk } from './push/push-desk.ts';
import type { EmbedHosts } from './readers/embed-hosts.ts';
import type { ReaderCounts } from './readers/reader-counts.ts';
import { visitorOf } from './readers/visitor.ts';
import { Search } from './search/search.ts';
import type { Stores } from './store/stores.ts';

export interface AppParts extends Stores, DrawingParts {
  replyVersions: ReplyVersions;
  readerCounts: ReaderCounts;
  embedding: EmbedHosts;
  live: LiveLog;
  desk: Desk;
  storage: MediaStorage;
  library: ImageLibrary;
  /** Calls those outside. */
  sender: Sender;
  /** Fetches the images of an import where that is asked for. */
  imageFetcher: ImageFetcher;
  streams: Pick<Streams, 'open'>;
  clock: () => number;
  log: Logger;
  assets: Assets;
  newsroom: NewsroomAssets;
  /** Folder of the built `assets/`. */
  publicFolder: string;
  /** Folder of the worker that keeps copies of visited pages. */
  offlineFolder: string;
  /** Of Daymark, for the documentation. */
  version: string;
  adminToken: string | null;
  /** Origin that readers see; null where nobody said. */
  publicUrl: string | null;
  trustedProxies?: number;
  rates?: Partial<RateLimits>;
  exports?: Partial<ExportLimits>;
  /** Bytes that answers kept ready may take. */
  preparedBytes?: number;
  /** Where the numbers of this app are told; absent, it has metrics of its own. */
  metrics?: Metrics;
  /** All processes behind this port; absent: this one alone. */
  allMetrics?: () => Promise<string>;
  metricsToken?: string | null;
  /** True from the order to stop on. */
  isDraining?: () => boolean;
}

/** Takes requests; it does not listen. */
export interface App {
  (req: IncomingMessage, res: ServerResponse): void;
  routes: readonly Route[];
  /** What subscribers to feeds are sent. */
  feedBody: FeedBody;
  /** Who a socket of the newsroom belongs to. Throws StoreUnavailable. */
  identify: (credentials: Credentials) => Promise<Actor | null>;
}

/**
 * What an HTTP server needs to be told. An import may take hours, so no request has a time of its own (bodies that are
 * read whole have a deadline in `body.ts`); headers still have to come soon.
 */
export const serverOptions = { requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000 } as const;

/** Puts the HTTP side together. What is ready in memory is answered before express wakes up. */
export function createApp(parts: AppParts): App {
  const { store, live, desk, hooks, sender, clock, log, publicUrl } = parts;
  const rates = { ...defaultRateLimits, ...parts.rates };
  const limiters = limitersFor(rates);
  const addressOf = addressBehind(parts.trustedProxies ?? 0);
  const originOf = originFor(publicUrl, parts.trustedProxies ?? 0);
  const pages = new Pages({
    assets: parts.assets,
    headOf: (slug) => headText(live.timeline(slug)),
    hasCards: true,
  });
  const security = securityHeaders({
    publicUrl,
    styleSources: [...pages.styleSources, documentationStyleSource(parts.assets)],
  });
  const { replies, replyVersions, readers, readerCounts } = parts;
  const popular = new Popular({ readers, counts: readerCounts, search: parts.search, live, clock });
  const queries = new Queries({ store, live, clock });
  const replyDesk = new ReplyDesk({ store, replies, live, clock, turns: rates.repliesPerAddress });
  const search = new Search(parts.search);
  const searches = new SearchQueries({ search, live });
  const takingPart = new TakingPartQuery({ replyDesk, replyVersions, popular, live, clock });
  const pageQueries = new PageQueries({ store, corrections: parts.corrections, queries });
  const refuse = refuser({ pages, queries });
  const prepared = new Prepared({ memoryBytes: parts.preparedBytes ?? 64 * 1_048_576 });
  const drawings = new Drawings(parts);
  const forget = (slug: string): void => {
    prepared.forget(slug);
    drawings.forget();
  };
  live.onChange((slug, change) => {
    if (change.type === 'update.removed') forget(slug);
  });
  live.onReset(forget);

  const tallies = new Tallies();
  const metrics = parts.metrics ?? new Metrics({ version: parts.version });
  measureHttp(metrics.registry, tallies, prepared);
  measureLog(metrics.registry, live, clock);
  measureImages(metrics.registry, parts.library);
  measureDeliveries(metrics.registry, parts.sender);

  const front = new Front({
    prepared,
    versions: new Versions(live, clock),
    live,
    reads: limiters.reads,
    refuse,
    addressOf,
    originOf,
    tallies,
    onOpened: (opened, req) => readerCounts.opened(opened, visitorOf(req, addressOf)),
    onEmbedded: (slug, req) => parts.embedding.shown(slug, req, originOf(req)),
  });
  const slugs = (): string[] => live.timelines().map(({ record }) => record.slug);
  const hasTimeline = (slug: string): boolean => live.timeline(slug) !== null;
  const { identity, routes: peopleRoutes } = peopleArea({ ...parts, limiters, addressOf, hasTimeline });
  const staff = new StaffDoor({ identity, writes: limiters.writes });
  const staffCommands = commands(desk);
  const pageParts = {
    store,
    queries,
    pageQueries,
    searches,
    takingPart,
    popular,
    maps: drawings.maps,
    pages,
    security,
  };
  const feeds = syndication({ ...parts, front, security, queries });
  const readerPages = pageReads(pageParts);
  const table = routes({
    front,
    staff,
    reads: reads({
      ...parts,
      queries,
      missed: new MissedQueries({ store, live }),
      security,
      openApi: () => openApiDocument(parts.version),
    }),
    pages: readerPages,
    commands: staffCommands,
    tokens: tokenCommands({ store, audit: parts.audit, live, clock, log }),
    transfers: transfers({
      store,
      audit: parts.audit,
      live,
      desk,
      rowImages: new RowImages({ fetcher: parts.imageFetcher, library: parts.library }),
      storage: parts.storage,
      clock,
      log,
      addressOf,
      ...(parts.exports && { exports: parts.exports }),
    }),
    areas: [
      ...peopleRoutes(staff),
      ...auditRoutes({ staff, log: new AuditLog(parts.audit, slugs) }),
      ...newsroomRoutes({ front, security, assets: parts.newsroom, icon: parts.assets.icon }),
      ...deskRoutes({ staff, draftDesk: new DraftDesk({ store, live, writes: desk.writes, images: parts.library }) }),
      ...backOfficeRoutes({
        staff,
        backOffice: new BackOffice({ ...parts, search, index: parts.search }),
        summaries: new SummaryHistory(parts),
      }),
      ...searchRoutes({ front, searches, headers: security }),
      ...replyForms({
        replyDesk,
        page: (req, ...asked) => pageWithForm(pageParts, originOf(req), ...asked),
        refuse,
        addressOf,
        clock,
      }),
      ...embedHostsRoutes({ staff, hosts: parts.embedHosts, counts: parts.embedding, hasTimeline, clock }),
      ...popularRoutes({ front, popular, headers: security.data }),
      ...cardRoutes({ front, store, queries, cards: drawings.cards, refuse, addressOf, headers: security.data }),
      ...replyRoutes({
        staff,
        replyDesk,
        moderation: new Moderation({ store, replies, live, clock, onChanged: (slug) => replyVersions.changed(slug) }),
        reads: limiters.reads,
        addressOf,
        headers: security.data,
      }),
      ...pushRoutes({
        front,
        pages: readerPages,
        desk: new PushDesk(parts),
        turns: limiters.notifications,
        addressOf,
        headers: security.data,
      }),
      ...offlineRoutes({ ...parts, front, security, queries, pages }),
      ...feeds.routes,
      ...webhookRoutes({ staff, originOf, desk: new WebhookDesk({ hooks, live, sender, clock }) }),
      ...webSubRoutes({
        hub: new WebSubHub({ hooks, live, sender, timelineOf: timelineOfTopic, clock, log }),
        turns: limiters.subscriptions,
        addressOf,
        originOf,
      }),
      ...mediaRoutes({
        staff,
        live,
        library: parts.library,
        shelf: new MediaShelf({ ...parts, live }),
        reads: limiters.reads,
        refuse,
        addressOf,
      }),
    ],
    staffUpdate: staff.optional(staffCommands.read, refuse),
    stream: stream(parts.streams, refuse),
    askedDay: askedDay(pageQueries),
    healthz,
    readyz: readyz({ store, live, isDraining: parts.isDraining ?? (() => false) }),
    metrics: metricsDoor(
      { contentType: metrics.contentType, text: parts.allMetrics ?? (() => metrics.text()) },
      parts.metricsToken ?? null,
    ),
  });
  const app = expressApp({ table, security, refuse, log, tallies });
  const answer = (req: IncomingMessage, res: ServerResponse): void => {
    if (!front.tryReady(req, res)) app(req, res);
  };
  return Object.assign(answer, {
    routes: table,
    feedBody: feeds.feedBody,
    identify: (credentials: Credentials) => identity.ofSocket(credentials),
  });
}

interface ExpressParts {
  table: readonly Route[];
  security: SecurityHeaders;
  refuse: Refuse;
  log: Logger;
  tallies: Tallies;
}

function expressApp({ table, security, refuse, log, tallies }: ExpressParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(meter(tallies, log));
  app.use((req, res, next) => {
    const headers = headersFor(req.url, security);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    next();
  });
  for (const path of new Set(table.map((route) => route.path))) {
    const here = table.filter((one) => one.path === path);
    // `app.all` would make a layer for each of 35 methods: the time of half a start.
    const route = app.route(path);
    for (const { method, handlers } of here) route[verb(method)](...handlers);
    const methods = here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    route.options(preflight([...methods, 'OPTIONS']));
    route.all(wrongMethod([...methods, 'OPTIONS'].join(', '), refuse));
  }
  app.use(withoutSlash, (req, res) => refuse(req, res, problem('not-found', 'There is nothing at this address.')));
  app.use(errorHandler(log, refuse));
  return app;
}

function headersFor(url: string, security: SecurityHeaders): SecurityHeaders['page'] {
  if (isData(url)) return security.data;
  if (isEmbed(url)) return security.embed(null);
  return isWorker(url) ? security.worker : security.page;
}

const verb = (method: Route['method']) => method.toLowerCase() as Lowercase<Route['method']>;

const wrongMethod =
  (allow: string, refuse: Refuse): RequestHandler =>
  (req, res) =>
    refuse(req, res, problem('method-not-allowed', `This address answers ${allow}.`), { Allow: allow });

/** `/gaza/` means `/gaza`. Only for addresses of ours: `//other.example/` would lead away. */
const withoutSlash: RequestHandler = (req, res, next) => {
  const [path = '', ...query] = req.originalUrl.split('?');
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  const isOurs = /^\/[^/\\]/.test(path) && !path.includes('\\');
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (end === path.length || !isOurs || !isRead) return next();
  res.redirect(308, [path.slice(0, end), ...query].join('?'));
};

const askedDay =
  (queries: Pick<PageQueries, 'askedDay'>): RequestHandler =>
  (req, res, next) => {
    const slug = String(req.params['slug']);
    const { to } = queryOf(req.originalUrl, ['to']);
    const day = to === undefined ? null : queries.askedDay(slug, to);
    if (day === null) next();
    else res.redirect(303, ledTo(`/${slug}/day/${day}`, req));
  };

const stream =
  (streams: AppParts['streams'], refuse: Refuse): RequestHandler =>
  (req, res) => {
    const opened = streams.open(req, res, String(req.params['slug']), queryOf(req.originalUrl, ['since'])['since']);
    if (!opened.ok) refuse(req, res, opened.problem);
  };
