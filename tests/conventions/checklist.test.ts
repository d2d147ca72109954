import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../server/http/openapi.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const textOf = (relative: string): string => readFileSync(path(relative), 'utf8');

interface Row {
  rule: string;
  weight: string;
  heldBy: string[];
  reason: string;
}

/** The table of docs/conventions.md. */
const rows: Row[] = [...textOf('../../docs/conventions.md').matchAll(/^\| ([A-Z]{2}\d\d) \|(.*)\|$/gm)].map(
  ([, rule = '', cells = '']) => {
    const [weight = '', , heldBy = '', reason = ''] = cells.split('|').map((cell) => cell.trim());
    return { rule, weight, heldBy: heldBy.split(', ').filter(Boolean), reason };
  },
);

/** Rules that a validator checks under their id. */
const validated = new Set(
  readdirSync(path('.'))
    .filter((name) => name.endsWith('-rules.ts'))
    .flatMap((name) => [...textOf(name).matchAll(/\b[A-Z]{2}\d\d\b/g)].map(([rule]) => rule)),
);

/** The checklist itself lies beside a checkout of the project, not in it. */
const checklist = path('../../../shared/conventions.md');
const testWithChecklist = existsSync(checklist) ? test : test.skip;

describe('the checklist of conventions', () => {
  test('CONV1 each rule has one row, and what holds it: rules of ours, and a validator where the row says so', () => {
    const rules = new Set([...textOf('../../docs/SPEC.md').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id]) => id));
    expect(new Set(rows.map(({ rule }) => rule)).size).toBe(rows.length);
    for (const { rule, heldBy } of rows) {
      const ours = heldBy.filter((name) => name !== 'validator');
      expect([rule, ours.filter((name) => !rules.has(name))]).toEqual([rule, []]);
      expect([rule, heldBy.includes('validator')]).toEqual([rule, validated.has(rule)]);
    }
    expect([...validated].filter((rule) => !rows.some((row) => row.rule === rule))).toEqual([]);
  });

  test('CONV1 every error holds; of a warning something holds it, or the row says why not', () => {
    for (const { rule, weight, heldBy, reason } of rows) {
      const isHeld = heldBy.some((name) => name !== 'validator');
      expect([rule, isHeld || reason !== '']).toEqual([rule, true]);
      if (weight.includes('E')) expect([rule, isHeld]).toEqual([rule, true]);
      if (weight === 'E') expect([rule, reason]).toEqual([rule, '']);
    }
  });

  testWithChecklist('CONV1 its rules and their weights are those of the checklist', () => {
    const lines = readFileSync(checklist, 'utf8').matchAll(/^- ([A-Z]{2}\d\d) (.*)$/gm);
    const weights = [...lines].map(([, rule = '', text = '']) => {
      const found = new Set([...text.matchAll(/(?:^|[;.:] |\()([EWI]) /g)].map(([, weight]) => weight));
      return [rule, ['E', 'W', 'I'].filter((weight) => found.has(weight)).join('')];
    });
    expect(rows.map(({ rule, weight }) => [rule, weight])).toEqual(weights);
  });

  test('CONV2 no request says what time it is for who asks: whoever stands at the same place asks for the same address', () => {
    const { paths } = openApiDocument('0') as { paths: Record<string, Record<string, { parameters?: Parameter[] }>> };
    const asked = Object.entries(paths).flatMap(([address, { get }]) =>
      (get?.parameters ?? []).map(({ name, schema }) => ({ at: `${address}?${name}`, name, schema })),
    );
    expect(asked.length).toBeGreaterThan(20);
    const clocks = asked.filter(
      ({ name, schema }) => schema?.format === 'date-time' || /^(now|t|ts|time|timestamp|_)$/i.test(name),
    );
    expect(clocks.map(({ at }) => at)).toEqual([]);
  });
});

interface Parameter {
  name: string;
  schema?: { format?: string };
}
