import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { EmbedReleasesStore } from '../store/embed-releases-store.ts';
import { jsonType } from './answers.ts';
import { forEver, jsonWriter, pageWriter, then, untilRelease } from './contents.ts';
import { type DocumentationParts, documentationPages } from './documentation.ts';
import type { Read } from './front.ts';
import type { MissedQueries } from './missed-queries.ts';
import { codeOf } from './problems.ts';
import type { Params, Queries } from './queries.ts';
import type { Content } from './representation.ts';
import type { Headers, SecurityHeaders } from './security-headers.ts';

export interface ReadParts extends DocumentationParts {
  queries: Queries;
  missed: MissedQueries;
  security: SecurityHeaders;
  /** What `vite build` made; `assets/` in it is served. */
  publicFolder: string;
  embedReleases: Pick<EmbedReleasesStore, 'read'>;
}

/** The public answers that are kept ready in memory, but for the reader’s pages, by what they are called in `routes.ts`. */
export function reads(parts: ReadParts) {
  const { queries, missed, security, openApi, publicFolder, embedReleases } = parts;
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
    missed: ofTimeline(
      async (params, query) => then(await missed.missed(slugOf(params), query), json),
      ['since', 'changed', 'day'],
    ),
    openApi: release(() => ({ ...json(openApi()), cacheControl: untilRelease })),

    apiPage: release(() => ({ ...page({ html: docs.api() }), cacheControl: untilRelease })),
    problemsPage: release(() => ({ ...page({ html: docs.problems() }), cacheControl: untilRelease })),
    asset: assetRead(publicFolder, security.data, embedReleases),
  };
}

export type Reads = ReturnType<typeof reads>;
const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  map: jsonType,
  png: 'image/png',
  woff2: 'font/woff2',
};

/** The files of a build, under the names that it gave them; and of earlier builds what pinned embeds load. */
export const assetRead = (folder: string, headers: Headers, earlier?: Pick<EmbedReleasesStore, 'read'>): Read => ({
  follows: 'release',
  build: (params) => asset(folder, params['file'] ?? '', headers, earlier),
});

/** A file of the build. Its name has its hash, so it never changes; names with a path in them are no names of ours. */
async function asset(
  publicFolder: string,
  file: string,
  headers: Headers,
  earlier: Pick<EmbedReleasesStore, 'read'> | undefined,
): Promise<Result<Content>> {
  const type = types[/^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(file)?.[1] ?? ''];
  const built = type && (await readIfThere(join(publicFolder, 'assets', file)));
  const body = built || (type === types['js'] && (await earlier?.read(file)));
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
