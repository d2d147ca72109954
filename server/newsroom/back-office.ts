import pLimit from 'p-limit';
import type { Bulk, BulkReport, DayStatistics, RecordSort } from '../../shared/back-office.ts';
import { dayNumber } from '../../shared/conflict-day.ts';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Actor } from '../domain/actor.ts';
import { patchOf } from '../domain/bulk-change.ts';
import { statisticsOf } from '../domain/day-statistics.ts';
import { fits, isOpen, isWithin, type RecordFilter } from '../domain/record-filter.ts';
import type { LiveLog } from '../live/live-log.ts';
import { tagWord } from '../search/indexed.ts';
import type { Search } from '../search/search.ts';
import type { Facets } from '../store/facets.ts';
import type { RecordsStore } from '../store/records-store.ts';
import type { Place, SearchStore } from '../store/search-store.ts';
import type { Store, StoredDayEntry, StoredUpdate } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { existingUpdate } from './existing-update.ts';
import { type ChangedPlace, type ScanPlace, scanByChange, scanByDay } from './record-scan.ts';

export interface BackOfficeParts {
  store: Store;
  records: RecordsStore;
  search: Pick<Search, 'find'>;
  index: Pick<SearchStore, 'countByDay'>;
  live: Pick<LiveLog, 'timeline'>;
  desk: Pick<Desk, 'revise'>;
}

/** Where a page ended, by how it was sorted. */
export type PagePlace = { scan: ScanPlace } | { changed: ChangedPlace } | { found: Place };

export interface RecordQuery {
  words: string;
  filter: RecordFilter;
  sort: RecordSort;
  limit: number;
  after: PagePlace | null;
}

export interface RecordRows {
  rows: StoredUpdate[];
  more: PagePlace | null;
  total: number | null;
}

/** Each that is found is read, with its author: half a millisecond. */
const foundAtOnce = 200;
const mostFoundLookedAt = 1_000;
/** Revisions under way of one change of many: the store writes what comes together to the disk together. */
const revisionsAtOnce = 8;

/** What those do who look after a whole record: find, change many at once, count. */
export class BackOffice {
  readonly #parts: BackOfficeParts;

  constructor(parts: BackOfficeParts) {
    this.#parts = parts;
  }

  /** A page of the record, drafts included. With words it is sorted by their events, newest first. Throws SearchIsFull. */
  async list(slug: string, query: RecordQuery): Promise<Result<RecordRows>> {
    const timeline = this.#parts.live.timeline(slug);
    if (!timeline) return noTimeline(slug);
    const { words, filter, sort, limit, after } = query;
    const { dayOne } = timeline.record;
    if (words.trim() !== '') return ok(await this.#find(slug, dayOne, query));
    const drafts = (await this.#parts.store.drafts(slug)).filter((draft) => fits(filter, draft));
    const { days, total } = await this.#daysThatFit(slug, dayOne, filter);
    const scope = { filter, drafts, days, ofDay: (date: string) => this.#parts.records.ofDay(slug, date) };
    const all = total === null ? null : total + drafts.length;
    if (sort === 'changed') {
      const place = after && 'changed' in after ? after.changed : null;
      const { rows, more } = await scanByChange(scope, { limit, after: place });
      return ok({ rows, more: more && { changed: more }, total: all });
    }
    const place = after && 'scan' in after ? after.scan : null;
    const { rows, more } = await scanByDay(scope, { limit, oldestFirst: sort === 'oldest', after: place });
    return ok({ rows, more: more && { scan: more }, total: all });
  }

  /** The days that have something public that fits, by the index, so that no other is read; how much, where that is certain. */
  async #daysThatFit(
    slug: string,
    dayOne: string,
    filter: RecordFilter,
  ): Promise<{ days: StoredDayEntry[]; total: number | null }> {
    if (filter.status === 'draft' || filter.status === 'scheduled') return { days: [], total: 0 };
    const days = (await this.#parts.store.days(slug)).filter(
      ({ updates, date }) => updates > 0 && isWithin(filter, date),
    );
    if (isOpen(filter)) return { days, total: days.reduce((sum, { updates }) => sum + updates, 0) };
    const counts = await this.#parts.index.countByDay(slug, {
      words: wordsAskedFor(filter).map((word) => [word]),
      beginnings: [],
      ...daysAskedFor(dayOne, filter),
      keyOnly: false,
      facets: facetsAskedFor(filter),
    });
    // Tags are folded in the index, and names are only parts of a word there: of these it knows no less, but maybe more.
    const isExact = filter.tag === undefined && filter.author === undefined;
    return {
      days: days.filter(({ date }) => counts.has(dayNumber(dayOne, date))),
      total: isExact ? [...counts.values()].reduce((sum, count) => sum + count, 0) : null,
    };
  }

  /**
   * What has the words and fits comes from their index, some at a time, until a page is full: it may be a few rows longer.
   * Where the index knows more than fits, of tags, it is looked at in larger pieces, and not for long.
   */
  async #find(slug: string, dayOne: string, { words, filter, limit, after }: RecordQuery): Promise<RecordRows> {
    const { search, store, records } = this.#parts;
    const asked = {
      text: words,
      also: wordsAskedFor(filter),
      ...daysAskedFor(dayOne, filter),
      keyOnly: false,
      facets: facetsAskedFor(filter),
    };
    let place = after && 'found' in after ? after.found : null;
    const rows =
      place === null ? (await store.drafts(slug)).filter((one) => fits(filter, one) && says(one, words)) : [];
    const drafts = rows.length;
    if (filter.status === 'draft' || filter.status === 'scheduled') return { rows, more: null, total: drafts };
    for (let lookedAt = 0; ; ) {
      const piece = lookedAt === 0 ? limit : Math.max(limit, foundAtOnce);
      lookedAt += piece;
      const { hits, total, more } = await search.find(slug, { ...asked, limit: piece, after: place });
      const found = await records.named(
        slug,
        hits.map(({ update }) => update.id),
      );
      rows.push(...found.filter((one) => fits(filter, one)));
      place = more;
      if (place === null || rows.length >= limit || lookedAt >= mostFoundLookedAt)
        return { rows, more: place && { found: place }, total: isOpen(filter) ? total + drafts : null };
    }
  }

  /** What the days come to, newest first, some at a time. */
  async statistics(
    slug: string,
    { from, to }: Pick<RecordFilter, 'from' | 'to'>,
  ): Promise<Result<{ days: DayStatistics[]; more: string | null }>> {
    const { store, records, live } = this.#parts;
    const timeline = live.timeline(slug);
    if (!timeline) return noTimeline(slug);
    const dates = (await store.days(slug))
      .filter(({ updates, date }) => updates > 0 && isWithin({ from, to }, date))
      .map(({ date }) => date)
      .sort((a, b) => (a < b ? 1 : -1));
    const days: DayStatistics[] = [];
    for (const date of dates.slice(0, limits.statisticsDays)) {
      days.push(statisticsOf(dayNumber(timeline.record.dayOne, date), date, await records.ofDay(slug, date)));
    }
    return ok({ days, more: dates[limits.statisticsDays] ?? null });
  }

  /** Ordinary revisions, some at a time, each a change of its own; what one of them is refused, the others are not. */
  async changeMany(actor: Actor, slug: string, { change, updates }: Bulk): Promise<Result<BulkReport>> {
    if (!this.#parts.live.timeline(slug)) return noTimeline(slug);
    const gate = pLimit(revisionsAtOnce);
    const results = await Promise.all(
      updates.map(({ id, revision }) => gate(() => this.#changeOne(actor, slug, change, { id, revision }))),
    );
    return ok({ results });
  }

  async #changeOne(
    actor: Actor,
    slug: string,
    change: Bulk['change'],
    { id, revision }: Bulk['updates'][number],
  ): Promise<BulkReport['results'][number]> {
    const found = await existingUpdate(this.#parts.store, slug, id);
    const done = found.ok
      ? await this.#parts.desk.revise(actor, slug, id, revision, patchOf(change, found.value.update))
      : found;
    return done.ok
      ? { id, revision: done.value.revision, problem: null }
      : { id, revision: null, problem: { code: done.problem.code, detail: done.problem.detail } };
  }
}

const wordsAskedFor = ({ tag }: RecordFilter): string[] => (tag === undefined ? [] : [tagWord(tag)]);

const daysAskedFor = (dayOne: string, { from, to }: RecordFilter) => ({
  firstDay: from === undefined ? 1 : dayNumber(dayOne, from),
  lastDay: to === undefined ? Number.POSITIVE_INFINITY : dayNumber(dayOne, to),
});

const facetsAskedFor = ({ status, key, verification, author }: RecordFilter): Facets => ({
  status: status === 'published' || status === 'retracted' ? status : undefined,
  key,
  verification,
  author,
});

/** Drafts are in no index: each word of the question is looked for as it stands. */
function says({ update: { headline, body } }: StoredUpdate, words: string): boolean {
  const text = `${headline} ${body}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const noTimeline = (slug: string): Result<never> => refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
