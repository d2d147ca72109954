import { ok, type Result, refuse } from '../../shared/result.ts';
import type { ImportRow, Update } from '../../shared/update.ts';
import { type Actor, authorise } from '../domain/actor.ts';
import { publish } from '../domain/publish.ts';
import type { Effect, Store } from '../store/store.ts';
import type { ImportedRow } from './import.ts';
import { importMarks } from './import-marks.ts';
import type { ForeignImage } from './importers/foreign-images.ts';
import { fitting, imagesOf, lacksImages } from './row-images.ts';

/** How many rows are shown as they would become. */
const shownRows = 20;

/**
 * Stands for the Desk in a preview of an import: decides of each row what the Desk would decide, and writes nothing. What stands
 * twice in the file counts once, as it would.
 */
export class DryRun {
  readonly #store: Pick<Store, 'timeline' | 'settings' | 'imported' | 'updates'>;
  readonly #clock: () => number;
  readonly #takesImages: boolean;
  readonly #seen = new Set<string>();
  /** The first rows, as updates. */
  readonly shown: Update[] = [];
  /** Images that could be taken with the rows, as far as is known before they are fetched. */
  images = 0;

  constructor(
    store: Pick<Store, 'timeline' | 'settings' | 'imported' | 'updates'>,
    clock: () => number,
    { takesImages = false } = {},
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#takesImages = takesImages;
  }

  async importRow(
    actor: Actor,
    slug: string,
    row: ImportRow,
    foreign: readonly ForeignImage[],
  ): Promise<Result<ImportedRow>> {
    const allowed = authorise(actor, slug, 'editor');
    if (!allowed.ok) return allowed;
    const marks = importMarks(row);
    const known = await this.#store.imported(slug, marks);
    const { fit, notices } = fitting(imagesOf(row, foreign));
    if (known !== null) {
      const update = fit.length > 0 ? (await this.#store.updates(slug, [known])).get(known) : undefined;
      if (update && lacksImages(update)) this.images += fit.length;
      return ok({ kind: 'replayed', id: known });
    }
    const timeline = await this.#store.timeline(slug);
    if (!timeline) return refuse('not-found', `There is no timeline ${slug}.`);
    const { externalId: _, ...input } = row;
    const settings = await this.#store.settings(slug);
    const decided = publish(
      { record: timeline.record, settings, actor, now: this.#clock() },
      'preview',
      input,
      new Map(),
    );
    if (!decided.ok) return decided;
    // After the last wait: several rows are decided at once.
    if (marks.some((mark) => this.#seen.has(mark))) return ok({ kind: 'replayed', id: '' });
    for (const mark of marks) this.#seen.add(mark);
    if (decided.value.kind === 'write') this.#show(decided.value.effect);
    this.images += fit.length;
    return ok({ kind: 'imported', id: '', ...(this.#takesImages && { notices }) });
  }

  #show(effect: Effect): void {
    if (this.shown.length < shownRows && effect.kind === 'write-update') this.shown.push(effect.after.update);
  }
}
