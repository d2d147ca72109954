import type { Variant } from '../../shared/update.ts';

/** An uploaded image as it is kept beside its files. `by` is the actor’s id. */
export interface StoredImage {
  id: string;
  width: number;
  height: number;
  variants: Variant[];
  uploadedAt: string;
  by: string;
}

/**
 * What is known of images; their bytes are in a `MediaStorage`. Who shows what is written by the commits of the record
 * itself, in the same step as the update: a commit that shows an image which is gone meanwhile is a conflict.
 */
export interface ImagesStore {
  /** From now on updates may show it. */
  add(slug: string, image: StoredImage, now: number): Promise<void>;
  /** Those of these that are there. */
  find(slug: string, ids: readonly string[]): Promise<Map<string, StoredImage>>;
  state(slug: string, id: string): Promise<'kept' | 'gone' | 'unknown'>;
  /**
   * Takes away what a removed update showed and nobody else shows, its earlier revisions included; and of `unused` what
   * nobody shows. In one step: no update can take up an image that is on its way out. Answers the images that are gone and
   * whose files are still to be deleted.
   */
  release(
    slug: string,
    what: { removedUpdate?: string; unused?: readonly string[] },
    now: number,
  ): Promise<StoredImage[]>;
  /** Their files are deleted. */
  buried(slug: string, ids: readonly string[]): Promise<void>;
  /** What has waited since before these instants (ms) to be released or buried, the longest first, some hundred at the most. */
  waiting(slug: string, since: { unused: number; removed: number }): Promise<{ images: string[]; updates: string[] }>;
}
