import { compareUpdates, isKeyDevelopment } from '../../shared/day.ts';
import { limits } from '../../shared/limits.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Revision, Update } from '../../shared/update.ts';
import type { Correction, CorrectionsPage } from '../../shared/view/corrections.ts';
import type { Wording } from '../../shared/view/history.ts';
import type { KeyPage } from '../../shared/view/key-developments.ts';
import type { UpdatePage } from '../../shared/view/update-page.ts';
import { askedDay } from '../domain/asked-day.ts';
import { differences } from '../domain/differences.ts';
import { pageOnDay, shownSummary } from '../domain/present.ts';
import type { CorrectionsStore } from '../store/corrections-store.ts';
import type { Store } from '../store/store.ts';
import type { Queries } from './queries.ts';

export interface PageQueryParts {
  store: Pick<Store, 'day'>;
  corrections: CorrectionsStore;
  queries: Queries;
}

/** What readers’ pages show beyond the objects of the contract, found through those. */
export class PageQueries {
  readonly #store: PageQueryParts['store'];
  readonly #corrections: CorrectionsStore;
  readonly #queries: Queries;

  constructor({ store, corrections, queries }: PageQueryParts) {
    this.#store = store;
    this.#corrections = corrections;
    this.#queries = queries;
  }

  /** The day that a reader means by what he typed; null: none of this timeline. */
  askedDay(slug: string, text: string): number | null {
    const timeline = this.#queries.timeline(slug);
    return timeline.ok ? askedDay(text, timeline.value) : null;
  }

  /** The key developments of so many days before `before` (null: from the latest on), for a page to be read in one go. */
  async keyDevelopments(slug: string, before: number | null): Promise<Result<KeyPage>> {
    const listed = await this.#queries.days(slug);
    if (!listed.ok) return listed;
    const withKey = listed.value.days.filter(({ day, key }) => key > 0 && (before === null || day < before));
    const wanted = withKey.slice(0, limits.keyPageDays);
    const days = await Promise.all(
      wanted.map(async ({ day, date }) => {
        const { updates } = await this.#store.day(slug, date);
        updates.sort(compareUpdates);
        const key = updates.filter(isKeyDevelopment);
        return { day, date, updates: key.map((update) => ({ update, after: pageOnDay(updates, update.id) })) };
      }),
    );
    return ok({ days, before: withKey.length > wanted.length ? (wanted.at(-1)?.day ?? null) : null });
  }

  /** An update with its wordings and its neighbours in the order of events. */
  async update(slug: string, id: string): Promise<Result<UpdatePage>> {
    const found = await this.#queries.revisions(slug, id);
    if (!found.ok) return found;
    const { revisions } = found.value;
    const update = revisions.at(-1)?.update;
    if (!update) throw new Error(`update ${id} has no wording`);
    return ok({ update, wordings: wordingsOf(revisions).reverse(), ...(await this.#around(slug, update)) });
  }

  /** Corrections and retractions after the first `skip`, newest first. */
  async corrections(slug: string, skip: number): Promise<CorrectionsPage> {
    const most = limits.correctionsPerPage;
    const listed = await this.#corrections.corrections(slug, skip, most + 1);
    const found = await Promise.all(
      listed.slice(0, most).map(({ id, revision }) => this.#correction(slug, id, revision)),
    );
    return {
      corrections: found.filter((each) => each !== null),
      next: listed.length > most ? skip + most : null,
    };
  }

  /** Null where the update was taken down since it was listed. */
  async #correction(slug: string, id: string, revision: number): Promise<Correction | null> {
    const found = await this.#queries.revisions(slug, id);
    if (!found.ok) return null;
    const { revisions } = found.value;
    const wording = wordingsOf(revisions)[revisions.findIndex((each) => each.revision === revision)];
    const update = revisions.at(-1)?.update;
    return wording && update ? { ...wording, update } : null;
  }

  async #around(slug: string, update: Update): Promise<Omit<UpdatePage, 'update' | 'wordings'>> {
    const stored = await this.#store.day(slug, update.date);
    const { previousDate, nextDate } = stored;
    const newestFirst = [...stored.updates].sort(compareUpdates);
    const at = newestFirst.findIndex(({ id }) => id === update.id);
    const ofDay = async (date: string | null): Promise<Update[]> =>
      date === null ? [] : (await this.#store.day(slug, date)).updates.sort(compareUpdates);
    return {
      previous: newestFirst[at + 1] ?? (await ofDay(previousDate))[0] ?? null,
      next: newestFirst[at - 1] ?? (await ofDay(nextDate)).at(-1) ?? null,
      hasSummary: shownSummary(stored, update.date) !== null,
      after: pageOnDay(newestFirst, update.id),
    };
  }
}

/** Public wordings as a reader is told of them, oldest first; each against the one before. */
function wordingsOf(revisions: readonly Revision[]): Wording[] {
  return revisions.map(({ at, note, update }, i) => {
    const before = revisions[i - 1]?.update;
    const isRetraction = update.retraction !== null && before !== undefined && before.retraction === null;
    const kind = !before ? 'published' : isRetraction ? 'retracted' : note === null ? 'edited' : 'corrected';
    return {
      at,
      kind,
      note: isRetraction ? (update.retraction?.reason ?? null) : note,
      differences: before ? differences(before, update) : null,
    };
  });
}
