import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the shell refers to, and the folder of the build that it lies in. */
export interface NewsroomAssets {
  folder: string;
  script: string;
  styles: readonly string[];
}

const manifestSchema = z.record(z.string(), z.object({ file: z.string(), css: z.array(z.string()).default([]) }));

/** Reads what `vite build` made of the newsroom. Throws where it is missing: a server without its pages must not start. */
export function readNewsroomAssets(folder: string): NewsroomAssets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const entry = manifest['client/newsroom/newsroom.tsx'];
  if (!entry) throw new Error(`${folder}/manifest.json does not name the newsroom`);
  return { folder, script: `/newsroom/${entry.file}`, styles: entry.css.map((file) => `/newsroom/${file}`) };
}
