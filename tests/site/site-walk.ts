import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

export interface Walk {
  links: number;
  /** Links inside the archive that lead nowhere, `page → link`. */
  broken: string[];
  /** Links out of it. */
  outside: string[];
}

/** Follows every link of every page, as a browser that opens the folder would. */
export function walk(folder: string): Walk {
  const found: Walk = { links: 0, broken: [], outside: [] };
  for (const file of filesIn(folder).filter((name) => name.endsWith('.html'))) {
    const html = readFileSync(join(folder, file), 'utf8').replaceAll(/<style>[\s\S]*?<\/style>/g, '');
    const tags = [...html.matchAll(/<[a-z][^>]*>/g)].join('');
    for (const [, link = ''] of tags.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      found.links += 1;
      if (/^(?:https?|mailto):/.test(link)) found.outside.push(link);
      else if (!leads(folder, file, link)) found.broken.push(`${file} → ${link}`);
    }
  }
  return found;
}

function leads(folder: string, file: string, link: string): boolean {
  const [path = '', hash] = link.split('#');
  const target = path === '' ? file : normalize(join(dirname(file), path));
  if (link.startsWith('/') || target.startsWith('..')) return false;
  if (!statSync(join(folder, target), { throwIfNoEntry: false })?.isFile()) return false;
  return !hash || readFileSync(join(folder, target), 'utf8').includes(` id="${hash}"`);
}
