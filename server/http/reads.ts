import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { jsonType } from './answers.ts';
import { type DocumentationParts, documentationPages } from './documentation.ts';
import type { Read } from './front.ts';
import type { Page, Pages } from './pages.ts';
import { codeOf } from './problems.ts';
import type { Params, Queries, Query } from './queries.ts';
import type { Content } from './representation.ts';
import { type Headers, type SecurityHeaders, withStyle } from './security-headers.ts';

export interface ReadParts extends DocumentationParts {
  store: Pick<Store, 'settings'>;
  queries: Queries;
  pages: Pages;
  security: SecurityHeaders;
  /** What `vite build` made; `assets/` in it is served. */
  publicFolder: string;
}

/**
 * Fresh at once at the origin, and a second old at the most behind a CDN. No `stale-while-revalidate` and no
 * `stale-if-error`: what was taken down must not live on in other people’s caches.
 */
const brief = 'public, max-age=1';
const untilRelease = 'public, max-age=300';
const forEver = 'public, max-age=31536000, immutable';

/** Every public answer that is kept ready in memory, by what it is called in `routes.ts`. */
export function reads(parts: ReadParts) {
  const { store, queries, pages, security, openApi, publicFolder } = parts;
  const json = jsonWriter(security.data);
  const page = pageWriter(security.page);
  const docs = documentationPages(parts);
  const slugOf = (params: Params): string => params['slug'] ?? '';
  const idOf = (params: Params): string => params['id'] ?? '';
  const dayOf = (params: Params): string => params['day'] ?? '';
  const release = (build: () => Content | Promise<Content>): Read => ({
    follows: 'release',
    build: async () => ok(await build()),
  });
  const ofTimeline = (build: Read['build'], query: readonly string[] = []): Read => ({
    follows: 'timeline',
    query,
    build,
  });

  return {
    timelines: { follows: 'timelines', build: async () => ok(json({ timelines: queries.timelines() })) } satisfies Read,
    timeline: ofTimeline(async (params) =>
      then(queries.timeline(slugOf(params)), (timeline) => json(timeline, timeline.revision)),
    ),
    head: ofTimeline(async (params) => then(queries.head(slugOf(params)), (head) => json(head))),
    days: ofTimeline(async (params) => then(await queries.days(slugOf(params)), json)),
    day: ofTimeline(
      async (params, query) => then(await queries.day(slugOf(params), dayOf(params), query), json),
      ['limit', 'after'],
    ),
    update: ofTimeline(async (params) =>
      then(await queries.update(slugOf(params), idOf(params)), (update) => json(update, update.revision)),
    ),
    revisions: ofTimeline(async (params) => then(await queries.revisions(slugOf(params), idOf(params)), json)),
    changes: ofTimeline(
      async (params, query) => then(await queries.changes(slugOf(params), query), json),
      ['since', 'limit'],
    ),
    openApi: release(() => ({ ...json(openApi), cacheControl: untilRelease })),

    homePage: { follows: 'timelines', build: async () => ok(page(pages.index(queries.timelines()))) } satisfies Read,
    latestPage: ofTimeline(async (params) => then(await latestDay(parts, slugOf(params)), page)),
    dayPage: ofTimeline(async (params, query) => then(await dayPage(parts, params, query), page), ['after']),
    daysPage: ofTimeline(async (params) => {
      const timeline = queries.timeline(slugOf(params));
      if (!timeline.ok) return timeline;
      const { appearance } = await store.settings(slugOf(params));
      return then(await queries.days(slugOf(params)), ({ days }) => page(pages.days(timeline.value, days, appearance)));
    }),
    updatePage: ofTimeline(async (params) => {
      const timeline = queries.timeline(slugOf(params));
      if (!timeline.ok) return timeline;
      const { appearance } = await store.settings(slugOf(params));
      return then(await queries.update(slugOf(params), idOf(params)), (update) =>
        page(pages.update(timeline.value, update, appearance)),
      );
    }),
    apiPage: release(() => ({ ...page({ html: docs.api() }), cacheControl: untilRelease })),
    problemsPage: release(() => ({ ...page({ html: docs.problems() }), cacheControl: untilRelease })),
    robots: release(() => text('User-agent: *\nDisallow: /api/\nDisallow: /newsroom\n', security.page)),
    asset: {
      follows: 'release',
      build: (params) => asset(publicFolder, params['file'] ?? '', security.data),
    } satisfies Read,
  };
}

export type Reads = ReturnType<typeof reads>;
type PageParts = Pick<ReadParts, 'store' | 'queries' | 'pages'>;

/** The latest day that has something; today where none has. Before day one there is no day to show yet. */
async function latestDay({ store, pages, queries }: PageParts, slug: string): Promise<Result<Page>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const { appearance } = await store.settings(slug);
  const { today } = timeline.value;
  if (today.day < 1) return ok(pages.days(timeline.value, [], appearance));
  const now = await queries.day(slug, String(today.day), {});
  if (!now.ok) return now;
  const isEmpty = now.value.updates.length === 0 && now.value.summary === null;
  const latest = isEmpty && now.value.previous !== null ? await queries.day(slug, String(now.value.previous), {}) : now;
  return then(latest, (view) =>
    pages.day({ timeline: timeline.value, view, latest: true, continued: false }, appearance),
  );
}

async function dayPage({ store, pages, queries }: PageParts, params: Params, query: Query): Promise<Result<Page>> {
  const slug = params['slug'] ?? '';
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const { appearance } = await store.settings(slug);
  const day = await queries.day(slug, params['day'] ?? '', query);
  const continued = query['after'] !== undefined;
  return then(day, (view) => pages.day({ timeline: timeline.value, view, latest: false, continued }, appearance));
}

const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  map: jsonType,
  png: 'image/png',
  woff2: 'font/woff2',
};

/** A file of the build. Its name has its hash, so it never changes; names with a path in them are no names of ours. */
async function asset(publicFolder: string, file: string, headers: Headers): Promise<Result<Content>> {
  const type = types[/^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(file)?.[1] ?? ''];
  const body = type && (await readIfThere(join(publicFolder, 'assets', file)));
  if (!type || !body) return refuse('not-found', 'There is no such file.');
  return ok({ type, body, cacheControl: forEver, headers, thorough: true });
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const jsonWriter =
  (headers: Headers) =>
  (value: unknown, revision?: number): Content => ({
    type: jsonType,
    body: JSON.stringify(value),
    cacheControl: brief,
    headers,
    ...(revision === undefined ? {} : { revision }),
  });

const pageWriter =
  (headers: Headers) =>
  ({ html, styleSource }: Pick<Page, 'html' | 'styleSource'>): Content => ({
    type: 'text/html; charset=utf-8',
    body: html,
    cacheControl: brief,
    headers: styleSource === undefined ? headers : withStyle(headers, styleSource),
  });

const text = (body: string, headers: Headers): Content => ({
  type: 'text/plain; charset=utf-8',
  body,
  cacheControl: untilRelease,
  headers,
});

function then<T, U>(result: Result<T>, next: (value: T) => U): Result<U> {
  return result.ok ? ok(next(result.value)) : result;
}
