import { ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { pageWriter, then } from './contents.ts';
import type { Read } from './front.ts';
import type { PageQueries } from './page-queries.ts';
import type { Frame, Page, Pages } from './pages.ts';
import type { Params, Queries, Query } from './queries.ts';
import type { SecurityHeaders } from './security-headers.ts';

export interface PageReadParts {
  store: Pick<Store, 'settings'>;
  queries: Queries;
  pageQueries: PageQueries;
  pages: Pages;
  security: SecurityHeaders;
}

/** Makes a page inside the frame of the timeline that its address names, for those who reached us at an origin. */
type Making = (pages: Pages, frame: Frame, params: Params, query: Query) => Result<Page> | Promise<Result<Page>>;

/** The reader’s pages, kept ready in memory, by what they are called in `routes.ts`. */
export function pageReads({ store, queries, pageQueries, pages, security }: PageReadParts) {
  const write = pageWriter(security.page);
  const ofTimeline = (make: Making, query: readonly string[] = []): Read => ({
    follows: 'timeline',
    query,
    isAbsolute: true,
    build: async (params, asked, origin) => {
      const slug = params['slug'] ?? '';
      const timeline = queries.timeline(slug);
      if (!timeline.ok) return timeline;
      const frame = { timeline: timeline.value, settings: await store.settings(slug) };
      return then(await make(pages.at(origin), frame, params, asked), write);
    },
  });

  return {
    home: {
      follows: 'timelines',
      isAbsolute: true,
      build: async (_params, _query, origin) => ok(write(pages.at(origin).index(queries.timelines()))),
    } satisfies Read,
    latest: ofTimeline((here, frame) => latestDay(frame, here, queries)),
    day: ofTimeline(
      async (here, frame, params, query) => {
        const continued = query['after'] !== undefined;
        return then(await queries.day(frame.timeline.slug, params['day'] ?? '', query), (view) =>
          here.day(frame, { view, latest: false, continued }),
        );
      },
      ['after'],
    ),
    days: ofTimeline(
      async (here, frame, _params, { to }) =>
        then(await queries.days(frame.timeline.slug), ({ days }) =>
          here.days(frame, days, to?.slice(0, longestAsked) ?? null),
        ),
      ['to'],
    ),
    key: ofTimeline(
      async (here, frame, _params, query) => {
        const before = /^[1-9]\d{0,6}$/.test(query['before'] ?? '') ? Number(query['before']) : null;
        return then(await pageQueries.keyDevelopments(frame.timeline.slug, before), (found) =>
          here.keyDevelopments(frame, found, before),
        );
      },
      ['before'],
    ),
    corrections: ofTimeline(
      async (here, frame, _params, query) => {
        const skip = /^\d{1,6}$/.test(query['after'] ?? '') ? Number(query['after']) : 0;
        return ok(here.corrections(frame, await pageQueries.corrections(frame.timeline.slug, skip), skip));
      },
      ['after'],
    ),
    update: {
      ...ofTimeline(async (here, frame, params) =>
        then(await pageQueries.update(frame.timeline.slug, params['id'] ?? ''), (page) => here.update(frame, page)),
      ),
      isUpdatePage: true,
    } satisfies Read,
  };
}

export type PageReads = ReturnType<typeof pageReads>;

/** What a reader typed into the field for a day is shown to him again, but for what is too long for a date. */
const longestAsked = 60;

/** The latest day that has something; today where none has. Before day one there is no day to show yet. */
async function latestDay(frame: Frame, pages: Pages, queries: Queries): Promise<Result<Page>> {
  const { slug, today } = frame.timeline;
  if (today.day < 1) return ok(pages.days(frame, []));
  const now = await queries.day(slug, String(today.day), {});
  if (!now.ok) return now;
  const isEmpty = now.value.updates.length === 0 && now.value.summary === null;
  const latest = isEmpty && now.value.previous !== null ? await queries.day(slug, String(now.value.previous), {}) : now;
  return then(latest, (view) => pages.day(frame, { view, latest: true, continued: false }));
}
