import { limits } from '../../shared/limits.ts';
import type { Coordinates, MapDrawing } from '../../shared/map.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { isTimeZone, type Timeline } from '../../shared/timeline.ts';
import { type MapPage, placesOf } from '../../shared/view/map.ts';
import type { PopularPage } from '../../shared/view/popular.ts';
import type { SentForm } from '../../shared/view/taking-part.ts';
import type { Store } from '../store/store.ts';
import { pageWriter, then } from './contents.ts';
import type { Read } from './front.ts';
import { type Frame, languageOf } from './page-frame.ts';
import type { PageQueries } from './page-queries.ts';
import type { Page, Pages } from './pages.ts';
import type { Popular } from './popular/popular.ts';
import type { Params, Queries, Query } from './queries.ts';
import type { TakingPartQuery } from './replies/taking-part-query.ts';
import type { SearchQueries } from './search/search-queries.ts';
import { searchParameters } from './search/search-query.ts';
import type { SecurityHeaders } from './security-headers.ts';

export interface PageReadParts {
  store: Pick<Store, 'settings'>;
  queries: Queries;
  pageQueries: PageQueries;
  searches: SearchQueries;
  takingPart: Pick<TakingPartQuery, 'of' | 'versionOf' | 'mostReadVersion'>;
  popular: Pick<Popular, 'find'>;
  maps: { get(points: readonly Coordinates[]): Promise<Result<MapDrawing>> };
  pages: Pages;
  security: SecurityHeaders;
}

/** Makes a page inside the frame of the timeline that its address names, for those who reached us at an origin. */
type Making = (pages: Pages, frame: Frame, params: Params, query: Query) => Result<Page> | Promise<Result<Page>>;

/** The reader’s pages, kept ready in memory, by what they are called in `routes.ts`. */
export function pageReads(parts: PageReadParts) {
  const { store, queries, pageQueries, searches, takingPart, pages, security } = parts;
  const write = pageWriter(security.page);
  /** A page with images on it: whoever saves data gets ways to them instead. */
  const withImages = (read: Read): Read => ({
    ...read,
    heedsSaving: true,
    build: async (...asked) => then(await read.build(...asked), (page) => ({ ...page, varies: 'Save-Data' })),
  });
  const ofTimeline = (make: Making, query: readonly string[] = []): Read => ({
    follows: 'timeline',
    query: [...query, 'lang', 'tz'],
    isAbsolute: true,
    build: async (params, asked, origin) => {
      const frame = await frameOf({ store, queries }, params['slug'] ?? '', asked);
      return frame.ok ? then(await make(pages.at(origin), frame.value, params, asked), write) : frame;
    },
  });

  return {
    home: {
      follows: 'timelines',
      isAbsolute: true,
      build: async (_params, _query, origin) => ok(write(pages.at(origin).index(queries.timelines()))),
    } satisfies Read,
    latest: withImages(
      ofTimeline((here, frame, _params, { lite }) => latestDay(frame, here, queries, lite !== undefined), ['lite']),
    ),
    day: withImages(
      ofTimeline(
        async (here, frame, params, query) => {
          const continued = query['after'] !== undefined;
          return then(await queries.dayPage(frame.timeline.slug, params['day'] ?? '', query), (found) =>
            query['lite'] === undefined
              ? here.day(frame, { ...found, latest: false, continued })
              : here.liteDay(frame, found.view),
          );
        },
        ['after', 'lite'],
      ),
    ),
    map: ofTimeline(async (here, frame, params) =>
      then(await mapPage(parts, frame.timeline.slug, params['day'] ?? ''), (page) => here.map(frame, page)),
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
    notifications: ofTimeline((here, frame) => ok(here.notifications(frame))),
    update: {
      ...withImages(
        ofTimeline(
          (here, frame, params, { sent }) => updatePage(parts, here, frame, params, { received: receivedBy(sent) }),
          ['sent'],
        ),
      ),
      alsoFollows: ({ slug = '' }) => takingPart.versionOf(slug),
      isUpdatePage: true,
    } satisfies Read,
    popular: {
      ...ofTimeline(async (here, frame) =>
        then(await popularPage(parts, frame.timeline.slug), (page) => here.popular(frame, page)),
      ),
      alsoFollows: () => takingPart.mostReadVersion(),
    } satisfies Read,
    search: ofTimeline(
      async (here, frame, _params, query) =>
        then(await searches.page(frame.timeline.slug, query), (page) => here.search(frame, page)),
      searchParameters,
    ),
  };
}

async function frameOf(
  { store, queries }: Pick<PageReadParts, 'store' | 'queries'>,
  slug: string,
  asked: Query = {},
): Promise<Result<Frame>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const { lang: _, saving: __, sent: ___, ...kept } = asked;
  return ok({
    timeline: timeline.value,
    settings: await store.settings(slug),
    ...wishes(timeline.value, asked),
    asked: kept as Record<string, string>,
  });
}

async function popularPage({ popular }: PageReadParts, slug: string): Promise<Result<PopularPage>> {
  const day = await popular.find(slug, { window: '24h' });
  const week = await popular.find(slug, { window: '7d' });
  if (!day.ok) return day;
  return then(week, ({ updates }) => ({
    day: day.value.updates.map(({ update }) => update),
    week: updates.map(({ update }) => update),
  }));
}

async function mapPage({ queries, maps }: PageReadParts, slug: string, day: string): Promise<Result<MapPage>> {
  const view = await queries.day(slug, day, { limit: String(limits.dayPageUpdatesMost) });
  if (!view.ok) return view;
  const places = placesOf(view.value.updates);
  if (places.length === 0) return refuse('not-found', 'No place is named on this day.');
  const drawing = await maps.get(places.map(({ latitude, longitude }) => ({ latitude, longitude })));
  return then(drawing, (found) => ({ ...view.value, places, drawing: found }));
}

type Told = Parameters<TakingPartQuery['of']>[2];

async function updatePage(
  { pageQueries, takingPart }: PageReadParts,
  here: Pages,
  frame: Frame,
  params: Params,
  told: Told,
): Promise<Result<Page>> {
  const { slug } = frame.timeline;
  const page = await pageQueries.update(slug, params['id'] ?? '');
  if (!page.ok) return page;
  return ok(here.update(frame, page.value, await takingPart.of(slug, page.value.update.id, told)));
}

/** An update’s page with a form on it as it was sent: made for one asker, kept by nobody. */
export async function pageWithForm(
  parts: PageReadParts,
  origin: string,
  params: Params,
  query: Query,
  sent: SentForm,
): Promise<Result<Page>> {
  const frame = await frameOf(parts, params['slug'] ?? '', query);
  return frame.ok ? updatePage(parts, parts.pages.at(origin), frame.value, params, { sent }) : frame;
}

const receivedBy = (sent: string | undefined): 'reply' | 'report' | null =>
  sent === 'reply' || sent === 'report' ? sent : null;

export type PageReads = ReturnType<typeof pageReads>;

/** What a reader typed into the field for a day is shown to him again, but for what is too long for a date. */
const longestAsked = 60;

/** The latest day that has something; today where none has. Before day one there is no day to show yet. */
async function latestDay(frame: Frame, pages: Pages, queries: Queries, lite: boolean): Promise<Result<Page>> {
  const { slug, today } = frame.timeline;
  if (today.day < 1) return ok(pages.days(frame, []));
  const now = await queries.dayPage(slug, String(today.day), {});
  if (!now.ok) return now;
  const { updates, summary, previous } = now.value.view;
  const isEmpty = updates.length === 0 && summary === null;
  const latest = isEmpty && previous !== null ? await queries.dayPage(slug, String(previous), {}) : now;
  return then(latest, (found) =>
    lite ? pages.liteDay(frame, found.view) : pages.day(frame, { ...found, latest: true, continued: false }),
  );
}

/** The language and the zone that a reader wishes, where there are such; else the timeline’s. And whether he saves data. */
function wishes(
  { language, timeZone }: Timeline,
  { lang, tz, saving }: Query,
): Pick<Frame, 'language' | 'timeZone' | 'saving'> {
  return {
    language: languageOf(lang, language),
    timeZone: tz !== undefined && isTimeZone(tz) ? tz : timeZone,
    saving: saving !== undefined,
  };
}
