import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The list of all files with their hashes, as `sha256sum --check` reads it. */
export const sumsFile = 'SHA256SUMS';

/** What the list is of, and its own hash: whoever cites an archive cites this file. */
export const manifestFile = 'manifest.json';

/**
 * A folder that is written again and again: files that are the same stay untouched, so that mirroring copies what changed; files
 * that are no longer there (an update that was taken down) are deleted. The list of hashes is written last.
 */
export class SiteFolder {
  readonly #folder: string;
  readonly #before: ReadonlyMap<string, string>;
  readonly #sums = new Map<string, string>();
  readonly #made = new Set<string>();
  written = 0;
  bytes = 0;

  private constructor(folder: string, before: ReadonlyMap<string, string>) {
    this.#folder = folder;
    this.#before = before;
  }

  /** What else is in the folder is left alone. */
  static async open(folder: string): Promise<SiteFolder> {
    await mkdir(folder, { recursive: true });
    const known = await textOf(join(folder, sumsFile));
    const lines = (known ?? '').split('\n').flatMap((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}([\w./-]+)$/.exec(line) ?? [];
      return sum && name && !name.includes('..') ? [[name, sum] as const] : [];
    });
    return new SiteFolder(folder, new Map(lines));
  }

  get files(): number {
    return this.#sums.size;
  }

  async put(name: string, content: string | Buffer): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const sum = sha256(bytes);
    this.#sums.set(name, sum);
    this.bytes += bytes.length;
    if (this.#before.get(name) === sum && (await this.#isThere(name, sum))) return;
    await this.#write(name, bytes);
    this.written += 1;
  }

  /** A long file, a piece at a time. */
  async putStream(name: string, pieces: AsyncIterable<string>): Promise<void> {
    const path = join(this.#folder, name);
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    const file = await open(`${path}.part`, 'w');
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        this.bytes += Buffer.byteLength(piece);
        await file.write(piece);
      }
    } finally {
      await file.close();
    }
    const sum = hash.digest('hex');
    this.#sums.set(name, sum);
    if (this.#before.get(name) === sum && (await this.#isThere(name, sum))) return rm(`${path}.part`);
    await rename(`${path}.part`, path);
    this.written += 1;
  }

  /** Deletes what the archive no longer has, and writes the list, and a file that names the list’s hash beside `about`. */
  async finish(about: object): Promise<void> {
    for (const name of this.#before.keys())
      if (!this.#sums.has(name)) await rm(join(this.#folder, name), { force: true });
    const lines = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => `${sum}  ${name}\n`);
    const text = lines.join('');
    await this.#write(sumsFile, Buffer.from(text));
    const manifest = { ...about, files: this.#sums.size, sums: sha256(Buffer.from(text)) };
    await this.#write(manifestFile, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  }

  /** Whoever altered or lost a file since gets it again. */
  async #isThere(name: string, sum: string): Promise<boolean> {
    try {
      return sha256(await readFile(join(this.#folder, name))) === sum;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** A web server may serve the folder meanwhile: a file appears whole. */
  async #write(name: string, bytes: Buffer): Promise<void> {
    const path = join(this.#folder, name);
    const parent = dirname(path);
    if (!this.#made.has(parent)) await mkdir(parent, { recursive: true });
    this.#made.add(parent);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
