import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { messages } from '../../../shared/i18n/en.ts';

const root = new URL('../../../', import.meta.url);

/** Everything that may say something to a reader; the catalogues themselves apart. */
const sources = ['shared', 'client', 'server']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true }).map((path) => `${folder}/${String(path)}`),
  )
  .filter((path) => path.endsWith('.ts') && !/^shared\/i18n\/(..|messages)\.ts$/.test(path))
  .map((path) => readFileSync(new URL(path, root), 'utf8'))
  .join('\n');

const dotted = new Set([...sources.matchAll(/\b[mM]essages(?:For\([^)]*\))?\s*\.\s*(\w+)/g)].map(([, key]) => key));
const destructured = new Set(
  [...sources.matchAll(/\{([^{}]*)\}\s*=\s*[\w.]*[mM]essages\b/g)].flatMap(
    ([, names = '']) => names.match(/\w+/g) ?? [],
  ),
);

test('LANG1 every message is used: read as `messages.x`, or taken apart from `messages`', () => {
  const unused = Object.keys(messages).filter((key) => !dotted.has(key) && !destructured.has(key));
  expect(unused).toEqual([]);
});
