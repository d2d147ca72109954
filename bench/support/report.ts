import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isPinned } from './pinned.ts';
import { type Budget, type Measured, number, type Row } from './row.ts';

const file = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));
const columns = ['what', 'Daymark', 'rival', 'ratio', 'asked', 'result'];

const introduction = `# Benchmarks

Written by \`npm run bench\`, which measures Daymark against named rivals in the same run on the same machine. Read the
ratios: times are those of one machine on one day and no promise. Figures are medians, with the lowest and the highest
round in brackets; ratios are taken round by round, because rounds that stood side by side met the same machine.
`;

/** The table for a terminal. */
export function printed({ rows, notes }: Measured): string {
  const table = [columns, ...rows.map(cells)];
  const widths = columns.map((_, column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...notes.map((note) => `- ${note}`)].join('\n');
}

/** Puts the section of a budget into docs/benchmarks.md, in the place of the one that is there. */
export function writeReport(budget: Budget, measured: Measured): void {
  const sections = existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : new Map<string, string>();
  sections.set(budget.name, sectionFor(budget, measured));
  const inOrder = [...sections]
    .sort(([one], [other]) => Number(one.slice(1)) - Number(other.slice(1)))
    .map(([, text]) => text);
  writeFileSync(file, [introduction, ...inOrder].join('\n'));
}

function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^(?=## )/m).slice(1);
  return new Map(parts.map((part) => [/^## (\S+)/.exec(part)?.[1] ?? '', `${part.trimEnd()}\n`]));
}

function sectionFor(budget: Budget, { rows, notes }: Measured): string {
  const table = [columns, columns.map(() => '---'), ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`);
  return [
    `## ${budget.name} ${budget.title}`,
    '',
    ...table,
    '',
    ...[...notes, conditions()].map((note) => `- ${note}`),
    '',
  ].join('\n');
}

const cells = ({ what, ours, rivals, ratio, asked, holds }: Row): string[] => [
  what,
  ours,
  rivals,
  ratio,
  asked,
  holds === null ? '' : holds ? 'holds' : 'falls short',
];

function conditions(): string {
  const pinned = isPinned ? 'server and load pinned to a core each' : 'not pinned (no taskset, or one core)';
  const load = number(loadavg()[2] ?? 0, 1);
  return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} cores, ${pinned}, load average of the last quarter of an hour ${load}.`;
}
