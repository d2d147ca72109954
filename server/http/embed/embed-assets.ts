import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the build made for other sites. */
export interface EmbedAssets {
  css: string;
  /** CSP source of that style. */
  styleSource: string;
  /** Script of the framed document. */
  script: string;
  loader: Loader;
}

/** `/embed.js`, and how a page pins it: the version is the hash of its bytes. */
export interface Loader {
  text: string;
  version: string;
  integrity: string;
}

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }));

/** Throws where the build is missing. */
export function readEmbedAssets(publicFolder: string): EmbedAssets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(publicFolder, 'manifest.json'), 'utf8')));
  const file = (name: string): string => manifest[`client/embed/${name}`]?.file ?? '';
  const read = (name: string): string => readFileSync(join(publicFolder, file(name)), 'utf8').trim();
  const css = read('embed.css');
  return {
    css,
    styleSource: `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    script: `/${file('document.ts')}`,
    loader: loaderOf(read('loader.ts'), `/${file('widget.ts')}`),
  };
}

/** A plain script’s names would be everybody’s, so it gets a function of its own. */
function loaderOf(source: string, widget: string): Loader {
  const text = `(()=>{${source.replace('__WIDGET__', widget).replace('__IMPORT__', 'import')}})();\n`;
  const hash = (algorithm: string) => createHash(algorithm).update(text);
  return {
    text,
    version: hash('sha256').digest('hex').slice(0, 16),
    integrity: `sha384-${hash('sha384').digest('base64')}`,
  };
}
