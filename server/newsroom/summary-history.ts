import type { CitedChange, SummaryVersion } from '../../shared/back-office.ts';
import { dateOfDay } from '../../shared/conflict-day.ts';
import { isPublic } from '../../shared/day.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { differences } from '../domain/differences.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { RecordsStore } from '../store/records-store.ts';
import type { Store, StoredSummary } from '../store/store.ts';

export interface SummaryHistoryParts {
  store: Pick<Store, 'summary' | 'update' | 'revisions'>;
  records: Pick<RecordsStore, 'earlierSummaries'>;
  live: Pick<LiveLog, 'timeline'>;
}

/** How an editor’s summary came about, and what has happened since to what it cites. */
export class SummaryHistory {
  readonly #parts: SummaryHistoryParts;

  constructor(parts: SummaryHistoryParts) {
    this.#parts = parts;
  }

  /** All versions, newest first. */
  async versions(slug: string, day: number): Promise<Result<SummaryVersion[]>> {
    const date = this.#dateOf(slug, day);
    if (!date.ok) return date;
    const present = await this.#parts.store.summary(slug, date.value);
    if (!present) return ok([]);
    const earlier = await this.#parts.records.earlierSummaries(slug, date.value);
    // A version that was written between the two reads would stand in both.
    const before = earlier.filter(({ revision }) => revision < present.revision);
    return ok([...before, present].reverse().map(versionOf));
  }

  /** Of the cited updates those that stand otherwise than when they were cited, and how. */
  async changes(slug: string, day: number): Promise<Result<CitedChange[]>> {
    const date = this.#dateOf(slug, day);
    if (!date.ok) return date;
    const summary = await this.#parts.store.summary(slug, date.value);
    const cited = Object.entries(summary?.cited ?? {});
    const changes = await Promise.all(cited.map(([id, revision]) => this.#change(slug, id, revision)));
    return ok(changes.filter((change) => change !== null));
  }

  async #change(slug: string, id: string, revision: number): Promise<CitedChange | null> {
    const { store } = this.#parts;
    const found = await store.update(slug, id);
    if (found === null || found === 'removed' || !isPublic(found.update))
      return { id, revision, now: null, differences: null };
    const { update } = found;
    if (update.revision === revision) return null;
    const before = (await store.revisions(slug, id)).find((earlier) => earlier.revision === revision);
    return { id, revision, now: update, differences: before ? differences(before, update) : null };
  }

  #dateOf(slug: string, day: number): Result<string> {
    const timeline = this.#parts.live.timeline(slug);
    if (!timeline) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    return ok(dateOfDay(timeline.record.dayOne, day));
  }
}

const versionOf = ({ revision, revisedAt, sections, cited }: StoredSummary): SummaryVersion => ({
  revision,
  revisedAt,
  sections,
  cited,
});
