import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type MediaFile, type MediaStorage, MediaUnavailable } from './media-storage.ts';

/** Files in a folder, which several nodes may share. */
export class FolderStorage implements MediaStorage {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Written beside its place, synced and moved there; then the folders are synced, or a crash could forget the move. */
  async put(image: string, { name, bytes }: MediaFile): Promise<void> {
    const folder = join(this.#root, image);
    const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
    await reach(async () => {
      await mkdir(folder, { recursive: true });
      const file = await open(draft, 'wx', 0o644);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(folder, name));
      for (const one of [folder, dirname(folder), this.#root]) await sync(one);
    });
  }

  get(image: string, name: string): Promise<Buffer | null> {
    return reach(async () => {
      try {
        return await readFile(join(this.#root, image, name));
      } catch (error) {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
        throw error;
      }
    });
  }

  async remove(image: string): Promise<void> {
    await reach(() => rm(join(this.#root, image), { recursive: true, force: true, maxRetries: 3 }));
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new MediaUnavailable(`the media folder: ${codeOf(error)}`, { cause: error });
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
