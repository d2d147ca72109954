import { appendFileSync } from 'node:fs';
import { seed, verdictsFile } from '../faults/driver/settings.ts';

export interface Found {
  test: string;
  promise: string;
  /** For the published table, with its figures. */
  what: string;
  faults: readonly string[];
  [figure: string]: unknown;
}

/** One line of JSON for each attack, to stdout and to the table of docs/promises.md; throws what was found. */
export function report({ faults, ...found }: Found): void {
  const verdict = { ...found, round: 1, seed, ok: faults.length === 0, at: new Date().toISOString() };
  const line = `${JSON.stringify(verdict)}\n`;
  process.stdout.write(line);
  if (verdictsFile) appendFileSync(verdictsFile, line);
  if (faults.length > 0) throw new Error(`${found.test}: FAULT_SEED=${seed}\n${faults.slice(0, 20).join('\n')}`);
}
