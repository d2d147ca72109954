import { z } from 'zod';
import { dateOfDay } from '../../shared/conflict-day.ts';
import type { DayView } from '../../shared/day.ts';
import { limits } from '../../shared/limits.ts';
import { formatPosition, type Head, parsePosition } from '../../shared/position.ts';
import type { ChangesAnswer } from '../../shared/protocol.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Timeline } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import { presentDay, presentDays, presentHead, presentRevisions, presentTimeline, todayOf } from '../domain/present.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { Store, StoredTimeline } from '../store/store.ts';
import { parse } from './parse.ts';

export interface QueryParts {
  store: Store;
  live: Pick<LiveLog, 'timeline' | 'timelines' | 'since'>;
  clock: () => number;
}

export type Params = Readonly<Record<string, string>>;
export type Query = Readonly<Record<string, string | undefined>>;

export const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,9}$/, { message: `must be a whole number from 1 to ${most}` })
    .transform(Number)
    .refine((number) => number <= most, { message: `must be a whole number from 1 to ${most}` })
    .meta({ type: 'integer', pattern: undefined, minimum: 1, maximum: most });

export const dayQuerySchema = z.object({
  limit: wholeNumber(limits.dayPageUpdatesMost).default(limits.dayPageUpdates),
  after: z.string().max(500).optional().meta({ description: 'The `more` of an earlier answer.' }),
});

export const changesQuerySchema = z.object({
  since: z.string().meta({ description: 'A position, `epoch:seq`.', example: 'k3v9x2:125' }),
  limit: wholeNumber(limits.changesPerAnswer).default(limits.changesPerAnswer),
});

/** What the public may know, as objects of the contract. Each method answers one address of the API; pages use them too. */
export class Queries {
  readonly #store: Store;
  readonly #live: QueryParts['live'];
  readonly #clock: () => number;

  constructor({ store, live, clock }: QueryParts) {
    this.#store = store;
    this.#live = live;
    this.#clock = clock;
  }

  timelines(): Timeline[] {
    const now = this.#clock();
    const all = this.#live.timelines().map((stored) => presentTimeline(stored, now));
    return all.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  }

  timeline(slug: string): Result<Timeline> {
    const stored = this.#live.timeline(slug);
    return stored ? ok(presentTimeline(stored, this.#clock())) : unknownTimeline(slug);
  }

  head(slug: string): Result<Head> {
    const stored = this.#live.timeline(slug);
    return stored ? ok(presentHead(stored)) : unknownTimeline(slug);
  }

  async days(slug: string): Promise<Result<{ days: ReturnType<typeof presentDays> }>> {
    const stored = this.#live.timeline(slug);
    return stored ? ok({ days: presentDays(stored.record, await this.#store.days(slug)) }) : unknownTimeline(slug);
  }

  /** `day` as it stands in the address. Before 1 or after today: not found. */
  async day(slug: string, day: string, query: Query): Promise<Result<DayView>> {
    const found = await this.dayPage(slug, day, query);
    return found.ok ? ok(found.value.view) : found;
  }

  /** A day, and when anything of it last changed in public: after a takedown nothing that is there tells it. */
  async dayPage(slug: string, day: string, query: Query): Promise<Result<{ view: DayView; changedAt: string | null }>> {
    const stored = this.#live.timeline(slug);
    if (!stored) return unknownTimeline(slug);
    const date = this.#dateOf(stored, day);
    if (date === null) return refuse('not-found', `This timeline has no day ${day.slice(0, 20)} yet.`);
    const page = parse(dayQuerySchema, query);
    if (!page.ok) return page;
    const { limit, after = null } = page.value;
    const found = await this.#store.day(slug, date);
    const view = presentDay(found, date, { limit, after });
    return view.ok ? ok({ view: view.value, changedAt: found.changedAt }) : view;
  }

  async update(slug: string, id: string): Promise<Result<Update>> {
    if (!this.#live.timeline(slug)) return unknownTimeline(slug);
    const found = id.length <= 64 ? await this.#store.update(slug, id) : null;
    if (found === 'removed') return refuse('removed', 'This update was removed.');
    const isPublic = found?.update.status === 'published' || found?.update.status === 'retracted';
    return found && isPublic ? ok(found.update) : refuse('not-found', 'There is no such update.');
  }

  async revisions(slug: string, id: string): Promise<Result<{ revisions: ReturnType<typeof presentRevisions> }>> {
    const present = await this.update(slug, id);
    if (!present.ok) return present;
    // A revision between the two reads would stand in both.
    const earlier = (await this.#store.revisions(slug, id)).filter(({ revision }) => revision < present.value.revision);
    return ok({ revisions: presentRevisions(earlier, present.value) });
  }

  async changes(slug: string, query: Query): Promise<Result<ChangesAnswer>> {
    if (!this.#live.timeline(slug)) return unknownTimeline(slug);
    const since = parsePosition(query['since']);
    if (!since) return refuse('malformed-position', 'Give `since`, a position like k3v9x2:125.');
    const page = parse(changesQuerySchema, query);
    if (!page.ok) return page;
    const found = await this.#live.since(slug, since, page.value.limit);
    const position = formatPosition(found.position);
    return ok(found.reset ? { reset: true, position } : { changes: found.changes, position });
  }

  #dateOf({ record }: StoredTimeline, day: string): string | null {
    if (!/^[1-9]\d{0,6}$/.test(day)) return null;
    const number = Number(day);
    return number <= todayOf(record, this.#clock()).day ? dateOfDay(record.dayOne, number) : null;
  }
}

const unknownTimeline = (slug: string): Result<never> =>
  refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
