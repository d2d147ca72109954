import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Image } from '../../shared/update.ts';
import type { Actor } from '../domain/actor.ts';
import { isoOf } from '../domain/decision.ts';
import type { KnownImages } from '../domain/images.ts';
import type { Darkroom } from '../media/darkroom.ts';
import type { Developed } from '../media/develop.ts';
import { type MediaStorage, MediaUnavailable } from '../media/media-storage.ts';
import type { Removed } from '../media/metadata.ts';
import type { ImagesStore, StoredImage } from '../store/images-store.ts';
import { StoreUnavailable } from '../store/store.ts';

export interface ImageParts {
  images: ImagesStore;
  storage: MediaStorage;
  darkroom: Pick<Darkroom, 'develop'>;
  clock: () => number;
  log: Logger;
}

/** What an upload is answered with, and what was taken out of it. */
export interface Uploaded {
  image: Pick<Image, 'id' | 'width' | 'height' | 'variants'>;
  removed: Removed[];
}

/** What became of uploads since the start. Plain numbers, that are read when somebody asks. */
export interface ImageCounts {
  kept: number;
  refused: number;
  /** Readable, and not kept: the storage was away. */
  unavailable: number;
  deleted: number;
  bytesUploaded: number;
  /** In all their variants. */
  bytesKept: number;
  /** From an upload’s coming to its variants, with the wait for its turn. */
  developingMs: number;
}

/** The images of the newsroom: taken in, kept as long as somebody shows them, deleted. */
export class ImageLibrary {
  readonly #parts: ImageParts;
  readonly counts: ImageCounts = {
    kept: 0,
    refused: 0,
    unavailable: 0,
    deleted: 0,
    bytesUploaded: 0,
    bytesKept: 0,
    developingMs: 0,
  };

  constructor(parts: ImageParts) {
    this.#parts = parts;
  }

  /**
   * Takes in an upload. What is known of it is written before its files are: files that a crash leaves behind belong to an
   * image that nobody shows, and go with it.
   */
  async add(actor: Actor, slug: string, bytes: Buffer): Promise<Result<Uploaded>> {
    const { images, storage, clock, log } = this.#parts;
    const developed = await this.#develop(bytes);
    if (!developed.ok) return developed;
    const { width, height, files, removed } = developed.value;
    const id = newId();
    const variants = files.map((file) => ({
      url: `/media/${slug}/${id}/${file.name}`,
      width: file.width,
      type: file.type,
    }));
    const now = clock();
    const stored: StoredImage = { id, width, height, variants, uploadedAt: isoOf(now), by: actor.id };
    await images.add(slug, stored, now);
    try {
      for (const file of files) await storage.put(`${slug}/${id}`, file);
    } catch (error) {
      if (!(error instanceof MediaUnavailable)) throw error;
      this.counts.unavailable += 1;
      log.error({ err: error, slug }, 'an image could not be stored');
      return refuse('image-store-unavailable', 'The image could not be stored. Try again in a while.');
    }
    this.counts.kept += 1;
    for (const file of files) this.counts.bytesKept += file.bytes.length;
    return ok({ image: { id, width, height, variants }, removed });
  }

  async #develop(bytes: Buffer): Promise<Result<Developed>> {
    const begun = performance.now();
    const developed = await this.#parts.darkroom.develop(bytes);
    this.counts.bytesUploaded += bytes.length;
    this.counts.developingMs += performance.now() - begun;
    if (!developed.ok) this.counts.refused += 1;
    return developed;
  }

  find(slug: string, ids: readonly string[]): Promise<KnownImages> {
    return this.#parts.images.find(slug, ids);
  }

  /** Deletes at once what an update showed, in any of its wordings, and no other update shows. */
  async updateRemoved(slug: string, update: string): Promise<void> {
    await this.#later(slug, () => this.#release(slug, { removedUpdate: update }));
  }

  /** Deletes what nobody has shown for `limits.unusedImageHours`, and what earlier could not be deleted. */
  async sweep(slug: string): Promise<void> {
    const { images, clock } = this.#parts;
    const now = clock();
    const since = { unused: now - limits.unusedImageHours * 3_600_000, removed: now };
    const waiting = await images.waiting(slug, since);
    for (const update of waiting.updates) await this.updateRemoved(slug, update);
    if (waiting.images.length > 0) await this.#later(slug, () => this.#release(slug, { unused: waiting.images }));
  }

  async #release(slug: string, what: { removedUpdate?: string; unused?: readonly string[] }): Promise<void> {
    const { images, storage, clock } = this.#parts;
    for (const { id, variants } of await images.release(slug, what, clock())) {
      await storage.remove(
        `${slug}/${id}`,
        variants.map(({ url }) => url.split('/').at(-1) ?? ''),
      );
      await images.buried(slug, [id]);
      this.counts.deleted += 1;
    }
  }

  /** From the release on nobody is shown these images; files that could not be deleted now are by the next sweep. */
  async #later(slug: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MediaUnavailable || error instanceof StoreUnavailable)) throw error;
      this.#parts.log.error({ err: error, slug }, 'images could not be deleted yet');
    }
  }
}

/** 80 random bits: what is uploaded for a draft must not be guessed. Hexadecimal, as some file systems know no case. */
const newId = (): string => randomBytes(10).toString('hex');
