/**
 * Where the files of images are: a folder, or an S3-compatible store. `image` is `timeline/id`, `file` a name of ours in it
 * (`640.webp`); neither ever comes from outside unchecked. Guarantees:
 * - a file is there whole or not at all, and after `put` it stays there through a crash;
 * - a file never changes: a name is written once;
 * - `remove` takes all of an image, and what is not there is as good as removed.
 * What can’t be reached, or has no room, throws `MediaUnavailable`.
 */
export interface MediaStorage {
  put(image: string, file: MediaFile): Promise<void>;
  get(image: string, name: string): Promise<Buffer | null>;
  remove(image: string, names: readonly string[]): Promise<void>;
}

export interface MediaFile {
  name: string;
  type: string;
  bytes: Buffer;
}

export class MediaUnavailable extends Error {
  override name = 'MediaUnavailable';
}
