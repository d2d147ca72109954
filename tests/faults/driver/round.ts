import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, randomFrom } from './random.ts';
import { seed, verdictsFile } from './settings.ts';

/** A test of the plan: `promise` as the README numbers them, `what` for the published table. */
export interface Plan {
  test: string;
  promise: string;
  what: string;
}

/** One round of a test: its number, its own chance, and the name of its timeline. */
export interface Round {
  number: number;
  slug: string;
  seeds: readonly (string | number)[];
  random: Random;
}

/** What one round found. `figures` are for people; `faults` must be empty. */
export interface Verdict {
  faults: string[];
  figures: Record<string, unknown>;
}

/** Runs rounds one after the other; each prints one line of JSON. The first that found a fault ends the test and keeps `folder`. */
export async function runRounds(
  plan: Plan,
  numbers: readonly number[],
  folder: Folder,
  run: (round: Round) => Promise<Verdict>,
): Promise<void> {
  const { test } = plan;
  for (const number of numbers) {
    const seeds = [seed, test, number];
    const slug = `${test.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${number}`;
    const begun = performance.now();
    const verdict = await run({ number, slug, seeds, random: randomFrom(...seeds) }).catch((error: unknown) => ({
      faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      figures: {},
    }));
    const ms = Math.round(performance.now() - begun);
    const failed = verdict.faults.length > 0;
    if (failed) folder.keep();
    report({
      ...plan,
      round: number,
      seed,
      ok: !failed,
      ms,
      ...verdict.figures,
      ...(failed && failure(verdict, folder)),
    });
    if (failed) throw new Error(explain(test, number, verdict, folder));
  }
}

const failure = ({ faults }: Verdict, folder: Folder) => ({ faults: faults.slice(0, 20), folder: folder.path });

function explain(test: string, number: number, { faults }: Verdict, folder: Folder): string {
  const again = `FAULT_SEED=${seed} FAULT_ROUNDS=${number}-${number}`;
  return [`${test}, round ${number}: ${again}; everything is kept in ${folder.path}`, ...faults.slice(0, 20)].join(
    '\n',
  );
}

function report(verdict: object): void {
  const line = `${JSON.stringify({ ...verdict, at: new Date().toISOString() })}\n`;
  process.stdout.write(line);
  if (verdictsFile) appendFileSync(verdictsFile, line);
}

/** Data, logs and ledgers of a test; removed with it unless a round failed. */
export interface Folder {
  path: string;
  keep(): void;
  remove(): void;
}

export function faultFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'dmf-'));
  let kept = false;
  return {
    path,
    keep: () => {
      kept = true;
    },
    remove: () => {
      if (!kept) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
