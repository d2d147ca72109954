// `npm run test:faults`: every fault test with the rounds of the plan, and the table of docs/promises.md from what they found.
// Arguments go to jest: `npm run test:faults -- -t T13`. FAULT_SEED and FAULT_ROUNDS repeat a run.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = join(root, 'docs/promises.md');
const begin = '<!-- results: written by npm run test:faults -->';

const folder = mkdtempSync(join(tmpdir(), 'daymark-faults-'));
const verdicts = join(folder, 'verdicts.ndjson');
const FAULT_SEED = process.env.FAULT_SEED ?? `${randomInt(2 ** 31)}`;
// Asked for by its name, the soak takes its half hour; among all others two minutes.
const SOAK_MINUTES = process.env.SOAK_MINUTES ?? (process.argv.includes('T36') ? '30' : '2');
const env = { ...process.env, TEST_SUITE: 'faults', FAULT_VERDICTS: verdicts, FAULT_SEED, SOAK_MINUTES };
console.log(`Seed ${FAULT_SEED}`);
const args = [join(root, 'scripts/test.mjs'), 'tests/faults', 'tests/attacks', '--runInBand', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
const lines = existsSync(verdicts) ? readFileSync(verdicts, 'utf8').trimEnd().split('\n') : [];
if (lines.length > 0) writeTable(lines.map((line) => JSON.parse(line)));
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

/** Puts this run’s rows in the place of earlier ones of the same tests; the others stay, with their dates. */
function writeTable(found) {
  const text = readFileSync(page, 'utf8');
  const [before, after = ''] = text.split(begin);
  const rows = new Map([...after.matchAll(/^\| (?<test>T\d[^ ]*) \|.*$/gm)].map(([row, test]) => [test, row]));
  for (const [test, rounds] of groupByTest(found)) {
    rows.set(test, rowOf(test, rounds));
  }
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, row]) => row);
  const head = [
    '| Test | Promise | What is done | Rounds | Acknowledged | Missing | Doubled | Holes | Worst | Seed | Result | Date |',
  ];
  const line = '|---|---|---|---|---|---|---|---|---|---|---|---|';
  writeFileSync(page, `${before}${begin}\n\n${[...head, line, ...sorted].join('\n')}\n`);
}

function groupByTest(found) {
  const groups = new Map();
  for (const verdict of found) groups.set(verdict.test, [...(groups.get(verdict.test) ?? []), verdict]);
  return groups;
}

function rowOf(test, rounds) {
  const sum = (name) => rounds.reduce((total, round) => total + (round[name] ?? 0), 0);
  const [{ promise, what, seed, at }] = rounds;
  const failed = rounds.filter(({ ok }) => !ok).length;
  const figures = ['acknowledged', 'missing', 'doubled', 'holes'].map((name) => sum(name).toLocaleString('en'));
  const result = failed === 0 ? 'kept' : `**broken in ${failed}**`;
  const cells = [test, promise, what, rounds.length, ...figures, worst(rounds), seed, result, at.slice(0, 10)];
  return `| ${cells.join(' | ')} |`;
}

/** The longest times over all rounds, of those that were measured. */
function worst(rounds) {
  const names = { longestMs: 'answer', readyMs: 'start', backMs: 'back', completeMs: 'readers complete' };
  const times = Object.entries(names).flatMap(([name, called]) => {
    const most = Math.max(...rounds.map((round) => round[name] ?? -1));
    return most < 0 ? [] : [`${called} ${(most / 1000).toFixed(1)} s`];
  });
  return times.join(', ');
}
