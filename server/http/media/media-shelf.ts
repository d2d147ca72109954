import { LRUCache } from 'lru-cache';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { MediaStorage } from '../../media/media-storage.ts';
import type { ImagesStore } from '../../store/images-store.ts';

export interface ShelfParts {
  images: Pick<ImagesStore, 'state'>;
  storage: Pick<MediaStorage, 'get'>;
  live: { readonly connected: boolean };
}

const types: Record<string, string> = { webp: 'image/webp', jpg: 'image/jpeg', png: 'image/png' };
const memoryBytes = 32 * 1_048_576;

/**
 * The files of images as readers get them. Thousands ask for a new one at once, so it is fetched once and kept a while; but
 * whether it may still be shown is asked each time, so that what was taken down is gone on every node at once. While the
 * store can’t be reached that can’t be asked, and readers keep what there is.
 */
export class MediaShelf {
  readonly #parts: ShelfParts;
  readonly #files: LRUCache<string, { bytes: Buffer }>;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    this.#files = new LRUCache({
      maxSize: memoryBytes,
      sizeCalculation: ({ bytes }) => bytes.length + 512,
      fetchMethod: async (key) => {
        const [image = '', name = ''] = key.split('#');
        const bytes = await parts.storage.get(image, name);
        return bytes ? { bytes } : undefined;
      },
    });
  }

  async get(slug: string, id: string, file: string): Promise<Result<{ type: string; bytes: Buffer }>> {
    const type = types[/^\d{1,4}\.(\w+)$/.exec(file)?.[1] ?? ''];
    if (!type || !/^[0-9a-f]{20}$/.test(id) || !/^[a-z0-9-]{1,64}$/.test(slug)) return notFound();
    const { images, live } = this.#parts;
    const key = `${slug}/${id}#${file}`;
    const state = live.connected ? await images.state(slug, id) : 'kept';
    if (state !== 'kept') this.#files.delete(key);
    if (state === 'gone') return refuse('removed', 'This image was removed.');
    const found = state === 'kept' ? await this.#files.fetch(key) : undefined;
    return found ? ok({ type, bytes: found.bytes }) : notFound();
  }
}

const notFound = (): Result<never> => refuse('not-found', 'There is no such image.');
