import { readFileSync } from 'node:fs';
import { asUnavailable, type Commands } from './connection.ts';
import type { ImagesStore, StoredImage } from './images-store.ts';
import { type Keys, keysWith } from './keys.ts';

const source = (name: string): string => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const addScript = source('add-image');
const releaseScript = source('release-images');
const mostAtOnce = 200;

export class RedisImagesStore implements ImagesStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, prefix = 'dm') {
    this.#redis = redis;
    this.#keys = keysWith(prefix);
  }

  async add(slug: string, image: StoredImage, now: number): Promise<void> {
    const k = this.#keys.of(slug);
    const keys = [k.images, k.index, k.looseImages];
    await reach(this.#redis.eval(addScript, keys.length, ...keys, image.id, JSON.stringify(image), String(now)));
  }

  async find(slug: string, ids: readonly string[]): Promise<Map<string, StoredImage>> {
    if (ids.length === 0) return new Map();
    const entries = await reach(this.#redis.hmget(this.#keys.of(slug).images, ...ids));
    const found = entries.filter((entry) => entry !== null).map((entry) => JSON.parse(entry) as StoredImage);
    return new Map(found.map((image) => [image.id, image]));
  }

  async state(slug: string, id: string): Promise<'kept' | 'gone' | 'unknown'> {
    const k = this.#keys.of(slug);
    if (await reach(this.#redis.hexists(k.images, id))) return 'kept';
    return (await reach(this.#redis.hexists(k.goneImages, id))) ? 'gone' : 'unknown';
  }

  async release(
    slug: string,
    { removedUpdate = '', unused = [] }: { removedUpdate?: string; unused?: readonly string[] },
    now: number,
  ): Promise<StoredImage[]> {
    const k = this.#keys.of(slug);
    const keys = [k.images, k.goneImages, k.imageUses, k.looseImages, k.index];
    const asked = this.#redis.eval(releaseScript, keys.length, ...keys, removedUpdate, String(now), ...unused);
    return ((await reach(asked)) as string[]).map((entry) => JSON.parse(entry) as StoredImage);
  }

  async buried(slug: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await reach(this.#redis.zrem(this.#keys.of(slug).looseImages, ...ids));
  }

  async waiting(
    slug: string,
    since: { unused: number; removed: number },
  ): Promise<{ images: string[]; updates: string[] }> {
    const k = this.#keys.of(slug);
    const removed = await reach(
      this.#redis.zrangebyscore(k.looseImages, '-inf', since.removed, 'LIMIT', 0, mostAtOnce),
    );
    const unused = await reach(this.#redis.zrangebyscore(k.looseImages, '-inf', since.unused, 'LIMIT', 0, mostAtOnce));
    const gone = removed.length > 0 ? await reach(this.#redis.hmget(k.goneImages, ...removed)) : [];
    const images = new Set([...removed.filter((_, i) => gone[i] !== null), ...unused.filter((id) => !isUpdate(id))]);
    return { images: [...images], updates: removed.filter(isUpdate).map((member) => member.slice(1)) };
  }
}

/** Ids of images are hexadecimal: none begins with a `u`. */
const isUpdate = (member: string): boolean => member.startsWith('u');

async function reach<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw asUnavailable(error);
  }
}
