import type { Fault } from '../../shared/problems.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Image, NewUpdate } from '../../shared/update.ts';

/** An uploaded image as decisions see it. */
export type KnownImage = Pick<Image, 'id' | 'width' | 'height' | 'variants'>;
export type KnownImages = ReadonlyMap<string, KnownImage>;

/**
 * The images that an update shows, whole, as they are kept in it. `known`: those of this timeline that are there; an image
 * of another timeline is as unknown as one that was never uploaded.
 */
export function imagesOf(given: NonNullable<NewUpdate['images']>, known: KnownImages): Result<Image[]> {
  const images: Image[] = [];
  const errors: Fault[] = [];
  for (const [i, { id, alt, caption, credit }] of given.entries()) {
    const found = known.get(id);
    const twice = images.some((image) => image.id === id);
    if (!found || twice) {
      errors.push({
        path: `/images/${i}/id`,
        message: twice ? 'is there already' : 'no image of this timeline has this id',
      });
      continue;
    }
    const { width, height, variants } = found;
    images.push({ id, alt, caption: caption || null, credit: credit || null, width, height, variants });
  }
  return errors.length > 0 ? refuse('validation-failed', 'An image is not there.', { errors }) : ok(images);
}
