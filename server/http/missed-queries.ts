import { z } from 'zod';
import { limits } from '../../shared/limits.ts';
import type { Missed } from '../../shared/missed.ts';
import { type Position, parsePosition } from '../../shared/position.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { MissedCount } from '../domain/missed.ts';
import { presentDays } from '../domain/present.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { Store } from '../store/store.ts';
import { parse } from './parse.ts';
import type { Query } from './queries.ts';

export const missedQuerySchema = z.object({
  since: z.string().meta({ description: 'The position at which the reader left.', example: 'k3v9x2:125' }),
  changed: z.iso.datetime().or(z.literal('')).default('').meta({
    description: 'When what the reader saw had last changed: from there on to count where the log can’t be continued.',
  }),
  day: z.coerce
    .number()
    .int()
    .optional()
    .meta({ description: 'The day whose missed updates are wanted by their ids.' }),
});

export interface MissedParts {
  store: Pick<Store, 'days' | 'day'>;
  live: Pick<LiveLog, 'timeline' | 'since'>;
}

/** What a reader who comes back has missed: counted here, for the changes themselves may be a thousand times as long. */
export class MissedQueries {
  readonly #store: MissedParts['store'];
  readonly #live: MissedParts['live'];

  constructor({ store, live }: MissedParts) {
    this.#store = store;
    this.#live = live;
  }

  async missed(slug: string, query: Query): Promise<Result<Missed>> {
    const stored = this.#live.timeline(slug);
    if (!stored) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const since = parsePosition(query['since']);
    if (!since) return refuse('malformed-position', 'Give `since`, a position like k3v9x2:125.');
    const asked = parse(missedQuerySchema, query);
    if (!asked.ok) return asked;
    const { changed, day = null } = asked.value;
    const count = new MissedCount();
    if (!(await this.#countChanges(slug, since, count)) && changed !== '')
      await this.#countByTime(slug, changed, count);
    const missed = count.result(day);
    if (missed.days.length === 0) return ok({ ...missed, summaries: [] });
    const days = presentDays(stored.record, await this.#store.days(slug));
    const summed = new Set(days.filter(({ key, hasSummary }) => hasSummary || key > 0).map((entry) => entry.day));
    return ok({ ...missed, summaries: missed.days.filter((each) => summed.has(each)) });
  }

  /** False where the log can’t be continued from there; then nothing is counted. */
  async #countChanges(slug: string, since: Position, count: MissedCount): Promise<boolean> {
    for (let at = since; ; ) {
      const found = await this.#live.since(slug, at, limits.changesPerAnswer);
      if (found.reset) return false;
      for (const change of found.changes) count.take(change);
      if (found.changes.length < limits.changesPerAnswer) return true;
      at = found.position;
    }
  }

  async #countByTime(slug: string, after: string, count: MissedCount): Promise<void> {
    const days = (await this.#store.days(slug)).filter(({ revisedAt }) => revisedAt !== null && revisedAt > after);
    const newest = days.sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, limits.missedDays);
    for (const { date } of newest) {
      const { updates } = await this.#store.day(slug, date);
      for (const update of updates) count.takeUpdate(update, after);
    }
  }
}
