import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const manifestSchema = z.object({
  format: z.literal(1, 'was written by a later version'),
  at: z.string(),
  snapshots: z.array(z.object({ file: z.string().regex(/^store-\d+\.rdb$/), sha256: z.string() })).min(1),
  timelines: z.array(z.object({ slug: z.string(), head: z.string() })),
  media: z.boolean(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export class BadBackup extends Error {
  override name = 'BadBackup';
}

const manifestFile = 'backup.json';

/**
 * Writes a backup into a folder that is not there yet. It appears under its name when it is complete: half a backup is never taken
 * for one. `heads`: positions and hashes of before the snapshot, so that what was restored can be checked against them.
 */
export async function writeBackup(
  folder: string,
  parts: {
    at: string;
    timelines: Manifest['timelines'];
    mediaFolder: string | null;
    snapshots: (fileOf: (number: number) => string) => Promise<string[]>;
  },
): Promise<Manifest> {
  if (existsSync(folder)) throw new BadBackup(`${folder} is there already: every backup has a folder of its own.`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const nameOf = (number: number): string => `store-${number + 1}.rdb`;
  const files = await parts.snapshots((number) => join(unfinished, nameOf(number)));
  const snapshots = [];
  for (const [number, file] of files.entries()) snapshots.push({ file: nameOf(number), sha256: await sha256(file) });
  // After the snapshot: an image that an update shows was there before the update. One that comes meanwhile does no harm.
  const media = parts.mediaFolder !== null && existsSync(parts.mediaFolder);
  if (media && parts.mediaFolder !== null) await cp(parts.mediaFolder, join(unfinished, 'media'), { recursive: true });
  const manifest: Manifest = { format: 1, at: parts.at, snapshots, timelines: parts.timelines, media };
  await writeFile(join(unfinished, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(unfinished, folder);
  return manifest;
}

/** Reads what a backup has, and checks that its snapshots are as they were written. Throws `BadBackup`. */
export async function readBackup(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile);
  if (!existsSync(path)) throw new BadBackup(`${folder} is no backup: it has no ${manifestFile}.`);
  const parsed = manifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new BadBackup(`${path}: ${parsed.error.issues[0]?.message}`);
  for (const { file, sha256: expected } of parsed.data.snapshots)
    if ((await sha256(join(folder, file))) !== expected) throw new BadBackup(`${file} is not as it was written.`);
  return parsed.data;
}

/** Files of images never change: those that are there stay. */
export async function restoreMedia(folder: string, mediaFolder: string): Promise<void> {
  await cp(join(folder, 'media'), mediaFolder, { recursive: true, force: false });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
