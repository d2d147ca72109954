import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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
  /** All scripts that it may load, by the names of their files. */
  files: ReadonlyMap<string, string>;
}

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;

const widgetSource = 'client/embed/widget.ts';

/** Throws where the build is missing. */
export function readEmbedAssets(publicFolder: string): EmbedAssets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(publicFolder, 'manifest.json'), 'utf8')));
  const text = (file: string): string => readFileSync(join(publicFolder, file), 'utf8');
  const file = (name: string): string => manifest[`client/embed/${name}`]?.file ?? '';
  const css = text(file('embed.css')).trim();
  return {
    css,
    styleSource: `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    script: `/${file('document.ts')}`,
    loader: loaderOf(text(file('loader.ts')).trim(), manifest, text),
  };
}

/**
 * A plain script’s names would be everybody’s, so it gets a function of its own. It is told each part that it may load later, by
 * name: the files of it, what they import first, with their hashes, so that whoever pins the script has pinned all of it.
 */
function loaderOf(source: string, manifest: Manifest, read: (file: string) => string): Loader {
  const files = new Map<string, string>();
  const parts = [widgetSource, ...laterParts(manifest)].map((part) => {
    const pinned = graphOf(manifest, part).map((file) => {
      files.set(basename(file), read(file));
      return [`/${file}`, integrityOf(read(file))];
    });
    return [basename(part, '.ts'), pinned];
  });
  const told = JSON.stringify(Object.fromEntries(parts));
  const text = `(()=>{${source.replace('__PARTS__', () => told).replace('__IMPORT__', 'import')}})();\n`;
  const version = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text, version, integrity: integrityOf(text), files };
}

const integrityOf = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

/** What the widget imports when it needs it: languages, and other ways to follow. */
function laterParts(manifest: Manifest): string[] {
  const seen = new Set<string>([widgetSource]);
  for (const key of seen)
    for (const next of [...(manifest[key]?.imports ?? []), ...(manifest[key]?.dynamicImports ?? [])]) seen.add(next);
  return [...seen].filter((key) => [...seen].some((from) => manifest[from]?.dynamicImports.includes(key)));
}

/** The files of a part, each once, behind those that it imports. */
function graphOf(manifest: Manifest, key: string): string[] {
  const { file = '', imports = [] } = manifest[key] ?? {};
  return [...new Set([...imports.flatMap((one) => graphOf(manifest, one)), file])];
}
