import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { type Update, updateSchema } from '../../../shared/update.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { ReaderCounts } from '../../readers/reader-counts.ts';
import type { ReadersStore } from '../../store/readers-store.ts';
import type { SearchStore } from '../../store/search-store.ts';
import { jsonWriter, then } from '../contents.ts';
import type { Front, Read } from '../front.ts';
import type { Operation } from '../operations.ts';
import { parse } from '../parse.ts';
import { type Query, wholeNumber } from '../queries.ts';
import type { Route } from '../routes.ts';
import type { Headers } from '../security-headers.ts';

const popularQuerySchema = z.object({
  window: z.enum(['24h', '7d'], { error: 'must be 24h or 7d' }).default('24h'),
  limit: wholeNumber(limits.popularMost).default(limits.popular),
});

export interface PopularUpdate {
  update: Update;
  readers: number;
}

export interface PopularParts {
  readers: ReadersStore;
  counts: ReaderCounts;
  search: Pick<SearchStore, 'publicUpdates'>;
  live: Pick<LiveLog, 'timeline'>;
  clock: () => number;
}

/** More than are shown are asked for: some may have been taken down or retracted since they were read. */
const spare = 50;

/** What is read most. */
export class Popular {
  readonly #parts: PopularParts;

  constructor(parts: PopularParts) {
    this.#parts = parts;
  }

  async find(slug: string, query: Query): Promise<Result<{ updates: PopularUpdate[] }>> {
    const { readers, counts, search, live, clock } = this.#parts;
    if (!live.timeline(slug)) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const asked = parse(popularQuerySchema, query);
    if (!asked.ok) return asked;
    const { window, limit } = asked.value;
    await counts.flush();
    const most = await readers.mostRead(slug, window, clock(), limit + spare);
    const updates = await search.publicUpdates(
      slug,
      most.map(({ id }) => id),
    );
    const there = most.flatMap(({ id, readers: count }) => {
      const update = updates.get(id);
      return update?.status === 'published' ? [{ update, readers: count }] : [];
    });
    return ok({ updates: there.slice(0, limit) });
  }

  /** Another one may be due: somebody was counted here, or, elsewhere, within the last second. */
  versionOf(slug: string): string {
    return `${this.#parts.counts.countedOf(slug)}/${Math.floor(this.#parts.clock() / 1_000)}`;
  }
}

export function popularRoutes({
  front,
  popular,
  headers,
}: {
  front: Front;
  popular: Popular;
  headers: Headers;
}): Route[] {
  const json = jsonWriter(headers);
  const read: Read = {
    follows: 'timeline',
    alsoFollows: ({ slug = '' }) => popular.versionOf(slug),
    query: Object.keys(popularQuerySchema.shape),
    build: async (params, query) => then(await popular.find(params['slug'] ?? '', query), (found) => json(found)),
  };
  return [{ method: 'GET', path: '/api/v1/timelines/:slug/popular', handlers: [front.handler(read)] }];
}

const popularSchema = z
  .object({ updates: z.array(z.object({ update: updateSchema, readers: z.number().int() })) })
  .meta({ id: 'Popular' });

/** The documentation of `popularRoutes`. */
export const popularOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/popular': {
    id: 'popular',
    summary: 'The updates that are read most',
    description:
      'A reader is somebody who has opened an update’s own page, once a day; known bots, HEAD and pages fetched ahead don’t count. No cookie is set and no address kept. What a cache in front of this server answers is not counted. Retracted updates are left out.',
    query: popularQuerySchema,
    answers: { 200: { description: 'Most read first.', schema: popularSchema } },
    problems: ['not-found', 'validation-failed'],
  },
};
