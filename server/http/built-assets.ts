import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Assets, type SheetName, sheetNames } from '../../shared/view/layout.ts';

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }));

/** The file of the build that a source became. Throws where the build is missing. */
export function builtFile(publicFolder: string, source: string): string {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(publicFolder, 'manifest.json'), 'utf8')));
  const entry = manifest[source];
  if (!entry) throw new Error(`${publicFolder}/manifest.json does not name ${source}`);
  return entry.file;
}

/** Reads what `vite build` made. Throws where the build is missing: a server without its pages must not start. */
export function readAssets(publicFolder: string): Assets {
  const file = (source: string): string => builtFile(publicFolder, source);
  const style = (source: string): string => readFileSync(join(publicFolder, file(source)), 'utf8').trim();
  const sheets = sheetNames.map((name) => [name, style(`client/reader/sheets/${name}.css`)]);
  return {
    css: style('client/reader/reader.css'),
    sheets: Object.fromEntries(sheets) as Record<SheetName, string>,
    script: `/${file('client/reader/reader.ts')}`,
    notifications: `/${file('client/reader/notifications.ts')}`,
    icon: `/${file('client/reader/icon.svg')}`,
  };
}
