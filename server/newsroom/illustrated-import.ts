import { ok, type Result } from '../../shared/result.ts';
import type { ImportRow } from '../../shared/update.ts';
import { type Actor, authorise } from '../domain/actor.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import type { ImportedRow } from './import.ts';
import { importMarks } from './import-marks.ts';
import type { ForeignImage } from './importers/foreign-images.ts';
import { imagesOf, lacksImages, type RowImages } from './row-images.ts';

export interface IllustratedParts {
  desk: Pick<Desk, 'importRow' | 'revise'>;
  store: Pick<Store, 'imported' | 'updates'>;
  rowImages: RowImages;
}

/**
 * The Desk of an import that takes images too. Rows are written in the order of the file, though the images of several are fetched at
 * once. A row that is known already is not doubled; where its update has no image yet and nobody has revised it, the images are
 * added now: so the same file again brings what could not be fetched the first time, or was not asked for.
 */
export class IllustratedImport {
  readonly #parts: IllustratedParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: IllustratedParts) {
    this.#parts = parts;
  }

  async importRow(
    actor: Actor,
    slug: string,
    row: ImportRow,
    foreign: readonly ForeignImage[],
  ): Promise<Result<ImportedRow>> {
    const allowed = authorise(actor, slug, 'editor');
    if (!allowed.ok) return allowed;
    const before = this.#last;
    const mine = this.#import(actor, slug, row, imagesOf(row, foreign), before);
    // Whoever asked for this row hears of its error; the next one only waits.
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #import(
    actor: Actor,
    slug: string,
    row: ImportRow,
    foreign: readonly ForeignImage[],
    before: Promise<unknown>,
  ): Promise<Result<ImportedRow>> {
    const { desk, store, rowImages } = this.#parts;
    const known = await store.imported(slug, importMarks(row));
    if (known !== null) return this.#complete(actor, slug, known, foreign);
    const { images, notices } = await rowImages.take(actor, slug, foreign);
    await before;
    const written = await desk.importRow(actor, slug, { ...row, images });
    return written.ok ? ok({ ...written.value, notices }) : written;
  }

  async #complete(
    actor: Actor,
    slug: string,
    id: string,
    foreign: readonly ForeignImage[],
  ): Promise<Result<ImportedRow>> {
    const { desk, store, rowImages } = this.#parts;
    const known = { kind: 'replayed' as const, id, notices: [] };
    const update = foreign.length > 0 ? (await store.updates(slug, [id])).get(id) : undefined;
    if (!update || !lacksImages(update)) return ok(known);
    const { images, notices } = await rowImages.take(actor, slug, foreign);
    if (images.length > 0) {
      const revised = await desk.revise(actor, slug, id, update.revision, { images });
      // Somebody was faster: what they did stands.
      if (!revised.ok && revised.problem.code !== 'stale-revision') return revised;
    }
    return ok({ ...known, notices });
  }
}
