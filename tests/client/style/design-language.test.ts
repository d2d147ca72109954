import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { backgroundOf, contrastIn } from './colours.ts';

interface Pair {
  role: string;
  colour: string;
  /** What it stands on, by name and as it is written in the style. */
  on: string;
  ground: string;
  /** WCAG 2.2 AA: 4.5 for text (1.4.3), 3 for what shows a control or its state (1.4.11). */
  least: 4.5 | 3;
}

const token = (name: string): string => `var(--${name})`;
const pairs = (role: string, name: string, grounds: readonly string[], least: Pair['least']): Pair[] =>
  grounds.map((ground) => ({ role, colour: token(name), on: `\`${ground}\``, ground: token(ground), least }));
const on = (role: string, name: string, what: string, ground: string): Pair => ({
  role,
  colour: token(name),
  on: what,
  ground,
  least: 4.5,
});

/** Every colour that carries a meaning, on everything that it stands on. */
const table: Pair[] = [
  ...pairs('`ink`: text', 'ink', ['paper', 'tint', 'raised', 'wash'], 4.5),
  ...pairs('`soft`: small print', 'soft', ['paper', 'tint', 'raised'], 4.5),
  ...pairs('`soft`: edge of a field', 'soft', ['paper'], 3),
  ...pairs('`accent`: marks, links under the pointer, faults', 'accent', ['paper', 'tint', 'raised', 'wash'], 4.5),
  ...pairs('`accent`: focus', 'accent', ['paper', 'tint'], 3),
  ...pairs('`paper`: words of a button', 'paper', ['ink'], 4.5),
  on('`ink`: what a search found', 'ink', '`mark`', backgroundOf('reader/sheets/forms.css', 'mark')),
  on('`ink`: words that came in', 'ink', '`ins`', backgroundOf('reader/sheets/article.css', '.difference ins')),
  on('`soft`: words that went', 'soft', '`del`', backgroundOf('reader/sheets/article.css', '.difference del')),
  on('`ink`: names on a map', 'ink', 'water', backgroundOf('reader/sheets/map.css', '.map svg')),
  on('`soft`: countries on a map', 'soft', 'land', token('tint')),
  ...pairs('`on-accent`: words of the newsroom’s first button', 'on-accent', ['accent'], 4.5),
  ...pairs('`edge`: edge of the newsroom’s controls', 'edge', ['paper', 'raised'], 3),
  ...pairs('`good`: done', 'good', ['paper', 'raised'], 4.5),
  ...pairs('`warn`: look', 'warn', ['paper', 'raised'], 4.5),
  ...pairs('`danger`: gone for good, faults', 'danger', ['paper', 'raised'], 4.5),
];

const figure = (value: number): string => (Math.floor(value * 10) / 10).toFixed(1);
const rows = table.map((pair) => {
  const [light, dark] = (['light', 'dark'] as const).map((scheme) => contrastIn(scheme, pair.colour, pair.ground));
  return { ...pair, light: light ?? 0, dark: dark ?? 0 };
});

describe('the design language', () => {
  test.each(rows)('LOOK1 $role can be told from $on, by day and by night', ({ light, dark, least }) => {
    expect(light).toBeGreaterThanOrEqual(least);
    expect(dark).toBeGreaterThanOrEqual(least);
  });

  test('LOOK2 docs/design-language.md has the contrasts as they are', () => {
    const wanted = rows.map(
      ({ role, on: ground, light, dark, least }) =>
        `| ${role} | ${ground} | ${figure(light)} | ${figure(dark)} | ${least} |`,
    );
    const listed = readFileSync('docs/design-language.md', 'utf8')
      .split('\n')
      .filter((line) => /^\| `/.test(line) && / (4\.5|3) \|$/.test(line));
    expect(listed).toEqual(wanted);
  });
});
