import { dayNumber } from '../../../shared/conflict-day.ts';
import { limits } from '../../../shared/limits.ts';
import { problem } from '../../../shared/problems.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { Update } from '../../../shared/update.ts';
import type { SearchPage } from '../../../shared/view/search.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { Highlight } from '../../search/highlight.ts';
import { tagWord } from '../../search/indexed.ts';
import { type Search, SearchIsFull } from '../../search/search.ts';
import type { Place } from '../../store/search-store.ts';
import { fault } from '../parse.ts';
import type { Query } from '../queries.ts';
import { hasFilter, readSearchQuery, type SearchQuery } from './search-query.ts';

export interface SearchResult {
  hits: { update: Update; highlights: Highlight[] }[];
  total: number;
  more: string | null;
}

export interface SearchQueriesParts {
  search: Pick<Search, 'find'>;
  live: Pick<LiveLog, 'timeline'>;
}

/** Searches as they are asked for over HTTP: of the API, and of the page. */
export class SearchQueries {
  readonly #search: SearchQueriesParts['search'];
  readonly #live: SearchQueriesParts['live'];

  constructor({ search, live }: SearchQueriesParts) {
    this.#search = search;
    this.#live = live;
  }

  async search(slug: string, query: Query): Promise<Result<SearchResult>> {
    if (!this.#live.timeline(slug)) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const read = readSearchQuery(query);
    if (!read.ok) return read;
    if (read.value.q === undefined && !hasFilter(read.value))
      return fault('/q', 'is required where nothing else narrows the search');
    return this.find(slug, read.value);
  }

  /** The same for the page, which shows the form again with whatever was in it. */
  async page(slug: string, query: Query): Promise<Result<SearchPage>> {
    const { q = '', from = '', to = '', tag = '' } = query;
    const asked = {
      q: q.slice(0, limits.questionCharacters),
      from,
      to,
      key: query['key'] === '1',
      tag: tag.slice(0, limits.tagCharacters),
    };
    // A longer question than the field takes is asked as the field shows it.
    const read = readSearchQuery({ ...query, ...(query['q'] !== undefined && { q: asked.q }), tag: asked.tag });
    if (!read.ok) return ok({ asked, found: null, faulty: true });
    const asksNothing = asked.q.trim() === '' && !hasFilter(read.value);
    const found = asksNothing ? ok(null) : await this.find(slug, read.value);
    return found.ok ? ok({ asked, found: found.value, faulty: false }) : found;
  }

  async find(slug: string, query: SearchQuery): Promise<Result<SearchResult>> {
    const { q = '', from, to, key, tag, limit } = query;
    if (q.trim() === '' && !hasFilter(query)) return ok({ hits: [], total: 0, more: null });
    const after = query.after === undefined ? null : readCursor(query.after);
    if (query.after !== undefined && after === null) return fault('/after', 'must be the `more` of an earlier answer');
    const dayOne = this.#live.timeline(slug)?.record.dayOne ?? '';
    const asked = {
      text: q,
      also: tag === undefined ? [] : [tagWord(tag)],
      firstDay: from === undefined ? 1 : dayNumber(dayOne, from),
      lastDay: to === undefined ? Number.POSITIVE_INFINITY : dayNumber(dayOne, to),
      keyOnly: key === '1',
      after,
      limit,
    };
    try {
      const { hits, total, more } = await this.#search.find(slug, asked);
      return ok({ hits, total, more: more && cursorOf(more) });
    } catch (error) {
      if (!(error instanceof SearchIsFull)) throw error;
      return { ok: false, problem: problem('overloaded', 'Too many search at once. Try again in 5 s.') };
    }
  }
}

const cursorOf = ({ seconds, number }: Place): string => `${seconds}-${number}`;

function readCursor(text: string): Place | null {
  const [, seconds, number] = /^(\d{1,10})-(\d{1,8})$/.exec(text) ?? [];
  return seconds === undefined ? null : { seconds: Number(seconds), number: Number(number) };
}
