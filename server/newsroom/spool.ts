import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenFile } from './import-plan.ts';

/** More than any export of another system seen so far by a hundred times. */
export const spoolBytes = 1_073_741_824;

export class SpoolFull extends Error {
  override name = 'SpoolFull';
}

/**
 * Keeps a stream in a file while `work` runs, for formats that have to be read twice: once to see that they can be read to their
 * end, once to import them. The file is the process’s own, and gone afterwards, whatever happens.
 */
export async function spooled<T>(input: AsyncIterable<Uint8Array>, work: (open: OpenFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'daymark-import-'));
  const path = join(folder, 'file');
  try {
    await pipeline(Readable.from(atMost(input, spoolBytes)), createWriteStream(path, { mode: 0o600 }));
    return await work(() => createReadStream(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* atMost(input: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > most) throw new SpoolFull(`a file may have up to ${most / 1_048_576} MiB`);
    yield chunk;
  }
}
