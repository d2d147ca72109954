import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ['shared', 'server', 'client', 'tests', 'bench', 'scripts'];

interface SourceFile {
  path: string;
  text: string;
  /** What it imports: packages by their name, files by their path from the root. */
  imports: string[];
}

const files = folders.flatMap((folder) => sourcesOf(folder));
const product = files.filter(({ path }) => /^(shared|server|client)\//.test(path));

function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs|css|lua)$/.test(entry.name))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  if (!/\.(tsx?|mjs)$/.test(path)) return [];
  const named = text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*'([^']+)'/gm);
  return [...named].map(([, name = '']) => (name.startsWith('.') ? posix.join(dirname(path), name) : name));
}

/** Imports of `from` that `allowed` does not let through, as `file → import`. */
function breaches(from: RegExp, allowed: (imported: string, path: string) => boolean): string[] {
  return product
    .filter(({ path }) => from.test(path))
    .flatMap(({ path, imports }) =>
      imports.filter((imported) => !allowed(imported, path)).map((imported) => `${path} → ${imported}`),
    );
}

/** What staff’s browsers may load; readers’ pages are plain functions and load none of it. */
const newsroomLibraries = [
  'preact',
  'regexparam',
  'lucide',
  'uqr',
  '@tiptap',
  'diff',
  'idb-keyval',
  'socket.io-client',
];
const isNewsroom = (path: string): boolean => path.startsWith('client/newsroom/');

const isPackage = (imported: string, name: string): boolean => imported === name || imported.startsWith(`${name}/`);

describe('architecture', () => {
  test('ARCH1 shared code imports shared code and zod, nothing else', () => {
    expect(breaches(/^shared\//, (imported) => imported.startsWith('shared/') || isPackage(imported, 'zod'))).toEqual(
      [],
    );
  });

  test('ARCH2 code for the browser imports shared and client code; client/newsroom its libraries, and nobody imports it', () => {
    const allowed = (imported: string, path: string) =>
      (/^(shared|client)\//.test(imported) && (isNewsroom(path) || !isNewsroom(imported))) ||
      (isNewsroom(path) && newsroomLibraries.some((name) => isPackage(imported, name)));
    expect(breaches(/^client\//, allowed)).toEqual([]);
    const elsewhere = breaches(/^(shared|server)\//, (imported) => !isPackage(imported, 'preact'));
    expect(elsewhere).toEqual([]);
  });

  test('ARCH3 the server imports nothing of the client, the product nothing of its tests and benches', () => {
    expect(breaches(/^server\//, (imported) => !imported.startsWith('client/'))).toEqual([]);
    expect(breaches(/./, (imported) => !/^(tests|bench|scripts)\//.test(imported))).toEqual([]);
  });

  test('ARCH4 decisions are pure: server/domain imports neither the store nor the network nor Node', () => {
    const allowed = (imported: string) =>
      /^(shared|server\/domain)\//.test(imported) ||
      // What has been stored is what decisions are about: the port’s types, never its implementation.
      imported === 'server/store/store.ts' ||
      ['zod', 'luxon', 'sanitize-html', 'markdown-it', 'diff'].includes(imported);
    expect(breaches(/^server\/domain\//, allowed)).toEqual([]);
  });

  test.each([
    ['ioredis', /^server\/store\//],
    ['socket.io', /^server\/live\//],
    ['express', /^server\/(http\/|app\.ts$)/],
    ['prom-client', /^server\/ops\//],
    ['sharp', /^server\/(media|cards)\//],
    ['d3-geo', /^server\/maps\//],
    ['topojson-client', /^server\/maps\//],
  ])('ARCH5 %s is imported in its own folder alone', (name, home) => {
    const elsewhere = breaches(/./, (imported, path) => !isPackage(imported, name) || home.test(path));
    expect(elsewhere).toEqual([]);
  });

  test('ARCH6 nothing but the entries touches the process', () => {
    const entries = [
      'server/main.ts',
      'server/cli/daymark.ts',
      'server/media/darkroom-process.ts',
      'server/cards/card-process.ts',
      'server/maps/map-process.ts',
    ];
    const exceptions: Record<string, { reason: string; uses: RegExp }> = {
      'server/store/private/orphan.ts': {
        reason: 'ends the Redis that a killed server left behind',
        uses: /process\.kill\(/g,
      },
    };
    const touching = product
      .filter(({ path }) => path.startsWith('server/') && !entries.includes(path))
      .map(({ path, text }) => ({ path, text: text.replace(exceptions[path]?.uses ?? /$^/, '') }))
      .filter(({ text }) => /(?<![\w.-])process\.\w|'(node:)?process'/.test(text))
      .map(({ path }) => path);
    expect(touching).toEqual([]);
  });

  test('ARCH7 no file is longer than 400 lines, and half of them have at most 90', () => {
    const lines = files.map(({ path, text }) => ({ path, count: text.split('\n').length - 1 }));
    expect(lines.filter(({ count }) => count > 400)).toEqual([]);
    const counts = lines.map(({ count }) => count).sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(90);
  });

  test('ARCH8 a file is named for what it holds: kebab-case, no index, no drawer', () => {
    const names = files.map(({ path }) => basename(path));
    expect(
      names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.(tsx?|mjs|css|lua)$/.test(name)),
    ).toEqual([]);
    expect(names.filter((name) => /^(index|utils?|types|helpers|common|misc)\./.test(name))).toEqual([]);
  });

  test('ARCH9 exports have names', () => {
    const demanded = ['client/vite-env.d.ts'];
    const nameless = product.filter(({ path, text }) => /^export default /m.test(text) && !demanded.includes(path));
    expect(nameless.map(({ path }) => path)).toEqual([]);
  });

  test('ARCH10 every rule of docs/SPEC.md is quoted by a test, and every test quotes a rule', () => {
    const spec = readFileSync(join(root, 'docs/SPEC.md'), 'utf8');
    const rules = [...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id]) => id);
    const titles = files
      .filter(({ path }) => path.startsWith('tests/'))
      .flatMap(({ text }) => [...text.matchAll(title)]);
    const quoted = titles.flatMap(([, ids = '']) => ids.split(/[ ,]+/).filter((id) => id !== ''));
    expect(rules.filter((id) => !quoted.includes(id ?? ''))).toEqual([]);
    expect([...new Set(quoted)].filter((id) => !rules.includes(id))).toEqual([]);
  });
});

/** One or several rule ids at the beginning of a text. */
const title = /[`'"]((?:[A-Z]{2,}\d+[ ,]+)+)[^'`"]/g;
