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
import type { RecordsStore } from '../store/records-store.ts';
import type { Place } from '../store/search-store.ts';
import type { Store, StoredUpdate } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { existingUpdate } from './existing-update.ts';
import { type ChangedPlace, type ScanPlace, scanByChange, scanByDay } from './record-scan.ts';

export interface BackOfficeParts {
  store: Store;
  records: RecordsStore;
  search: Pick<Search, 'find'>;
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
    if (words.trim() !== '' || (await this.#isFoundByTag(slug, query)))
      return ok(await this.#find(slug, timeline.record.dayOne, query));
    if (sort === 'changed') {
      const place = after && 'changed' in after ? after.changed : null;
      const { rows, more } = await scanByChange(this.#parts, slug, filter, { limit, after: place });
      return ok({ rows, more: more && { changed: more }, total: await this.#total(slug, filter) });
    }
    const place = after && 'scan' in after ? after.scan : null;
    const order = { limit, oldestFirst: sort === 'oldest', after: place };
    const { rows, more } = await scanByDay(this.#parts, slug, filter, order);
    return ok({ rows, more: more && { scan: more }, total: await this.#total(slug, filter) });
  }

  /** Drafts are in no index: where one of them has the tag, days are gone through, so that it stands among the others. */
  async #isFoundByTag(slug: string, { filter, sort, after }: RecordQuery): Promise<boolean> {
    if (after !== null) return 'found' in after;
    if (filter.tag === undefined || sort !== 'newest') return false;
    return !(await this.#parts.store.drafts(slug)).some((one) => fits(filter, one));
  }

  /** The counts of the days tell it, where no more than days are asked for. */
  async #total(slug: string, filter: RecordFilter): Promise<number | null> {
    if (!isOpen(filter)) return null;
    const { store } = this.#parts;
    const days = (await store.days(slug)).filter(({ date }) => isWithin(filter, date));
    const drafts = (await store.drafts(slug)).filter((draft) => fits(filter, draft));
    return days.reduce((sum, { updates }) => sum + updates, drafts.length);
  }

  /**
   * What has the words, and the tag, comes from their index, some at a time, until a page is full: it may be a few rows longer.
   * Where hardly any of it fits the rest of the filter it is looked at in larger pieces, and not for long.
   */
  async #find(slug: string, dayOne: string, { words, filter, limit, after }: RecordQuery): Promise<RecordRows> {
    const { search, store, records } = this.#parts;
    const asked = {
      text: words,
      also: filter.tag === undefined ? [] : [tagWord(filter.tag)],
      firstDay: filter.from === undefined ? 1 : dayNumber(dayOne, filter.from),
      lastDay: filter.to === undefined ? Number.POSITIVE_INFINITY : dayNumber(dayOne, filter.to),
      keyOnly: filter.key === true,
    };
    let place = after && 'found' in after ? after.found : null;
    const rows =
      place === null ? (await store.drafts(slug)).filter((one) => fits(filter, one) && says(one, words)) : [];
    const drafts = rows.length;
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

/** Drafts are in no index: each word of the question is looked for as it stands. */
function says({ update: { headline, body } }: StoredUpdate, words: string): boolean {
  const text = `${headline} ${body}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const noTimeline = (slug: string): Result<never> => refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
