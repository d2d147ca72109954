import { setImmediate as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Update } from '../../shared/update.ts';
import type { Facets } from '../store/facets.ts';
import type { Found, Hit, Place, SearchStore, Wanted } from '../store/search-store.ts';
import { type Highlight, hasPhrases, highlightsOf } from './highlight.ts';
import { type Question, readQuestion } from './question.ts';

export interface Asked {
  text: string;
  /** Words of the index that every hit has, such as tags. */
  also: readonly string[];
  firstDay: number;
  lastDay: number;
  keyOnly: boolean;
  /** Asked by staff alone. */
  facets?: Facets;
  after: Place | null;
  limit: number;
}

export interface SearchAnswer {
  hits: { update: Update; highlights: Highlight[] }[];
  total: number;
  /** The last hit, where more follow. */
  more: Place | null;
}

/** Each has the postings of its words in memory, some hundred kB: so many at once, and so many who wait. */
const atOnce = 4;
const mostWaiting = 200;
/** Updates looked at before everybody else gets a turn. */
const inOneTurn = 5;
/** Updates read from the store at once, to be looked at. */
const inOneRead = 50;
/** Updates with all words of a phrase that are read to see whether they have it. */
const mostRead = 1_000;

/** Too many ask at once. */
export class SearchIsFull extends Error {
  override name = 'SearchIsFull';
}

/** Finds updates by their words. The index has numbers; what is shown, and whether a phrase is there, the updates say. */
export class Search {
  readonly #store: Pick<SearchStore, 'find' | 'publicUpdates'>;
  readonly #gate = pLimit(atOnce);

  constructor(store: Pick<SearchStore, 'find' | 'publicUpdates'>) {
    this.#store = store;
  }

  /** Throws StoreUnavailable and SearchIsFull. */
  async find(slug: string, asked: Asked): Promise<SearchAnswer> {
    if (this.#gate.pendingCount >= mostWaiting) throw new SearchIsFull();
    return this.#gate(() => this.#find(slug, asked));
  }

  async #find(slug: string, asked: Asked): Promise<SearchAnswer> {
    const question = readQuestion(asked.text);
    if (asked.text.trim() !== '' && question.words.length === 0) return { hits: [], total: 0, more: null };
    const wanted = wantedBy(question, asked);
    const { after, limit } = asked;
    const found =
      question.phrases.length > 0
        ? await this.#withPhrases(slug, question, wanted, asked)
        : await this.#store.find(slug, wanted, { after, limit: limit + 1 });
    const page = found.hits.slice(0, limit);
    const updates = await this.#store.publicUpdates(slug, idsOf(page));
    const hits: SearchAnswer['hits'] = [];
    for (const [i, { id }] of page.entries()) {
      if (i % inOneTurn === inOneTurn - 1) await pause();
      const update = updates.get(id);
      if (update) hits.push({ update, highlights: highlightsOf(update, question) });
    }
    return { hits, total: found.total, more: found.hits.length > limit ? (page.at(-1) ?? null) : null };
  }

  /** What has the words is read, newest first, to see whether they stand together. */
  async #withPhrases(slug: string, question: Question, wanted: Wanted, { after, limit }: Asked): Promise<Found> {
    const { hits } = await this.#store.find(slug, wanted, { after: null, limit: mostRead });
    const fitting: Hit[] = [];
    for (let at = 0; at < hits.length; at += inOneRead) {
      const some = hits.slice(at, at + inOneRead);
      const updates = await this.#store.publicUpdates(slug, idsOf(some));
      for (const [i, hit] of some.entries()) {
        if (i % inOneTurn === inOneTurn - 1) await pause();
        if (fits(updates.get(hit.id), question)) fitting.push(hit);
      }
    }
    const start = after === null ? 0 : fitting.findIndex(({ number }) => number === after.number) + 1;
    return { total: fitting.length, hits: fitting.slice(start, start + limit + 1) };
  }
}

const fits = (update: Update | undefined, question: Question): boolean =>
  update !== undefined && hasPhrases(update, question);

const idsOf = (hits: readonly Hit[]): string[] => hits.map(({ id }) => id);

/** Tags come first: the last word is the one that may be unfinished. */
const wantedBy = (
  { words, beginnings }: Question,
  { also, firstDay, lastDay, keyOnly, facets = {} }: Asked,
): Wanted => ({
  words: [...also.map((word) => [word]), ...words],
  beginnings,
  firstDay,
  lastDay,
  keyOnly,
  facets,
});
