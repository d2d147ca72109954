import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { monotonicMs } from './clock.ts';
import { type Core, coreNumber, isPinned } from './pinned.ts';

/**
 * Tells whether anybody else was at work while something was measured. Where others share the machine, rounds that they
 * disturbed are repeated: what decides is their use of the processor, never the figure that came out.
 */
const ours = new Map<number, Core>([[process.pid, 'load']]);

/** Has a process counted as part of the measurement. */
export function isOurs(core: Core, pid: number | undefined): void {
  if (pid !== undefined) ours.set(pid, core);
}

export interface Reading {
  atMs: number;
  /** ms of processor time so far that others than ours took, by core. */
  foreign: Record<Core, number>;
}

export function reading(): Reading {
  const used = { server: -ownMs('server'), load: -ownMs('load') };
  const all = cpus();
  for (const core of ['server', 'load'] as const) {
    const { user = 0, nice = 0, sys = 0, irq = 0 } = all[coreNumber(core)]?.times ?? {};
    used[core] += user + nice + sys + irq;
  }
  return { atMs: monotonicMs(), foreign: used };
}

/** The kernel counts in ticks of 10 ms: that much is nothing. The load’s core has room to spare, the server’s has none. */
const nothingMs = 12;
const mostShare = { server: 0.05, load: 0.25 };

export function wasQuiet(before: Reading, after: Reading, on: readonly Core[] = ['server', 'load']): boolean {
  if (!isPinned || !cpus()[coreNumber('load')]) return true;
  const isQuiet = (core: Core): boolean =>
    after.foreign[core] - before.foreign[core] <= Math.max(nothingMs, mostShare[core] * (after.atMs - before.atMs));
  return on.every(isQuiet);
}

function ownMs(core: Core): number {
  let ms = 0;
  for (const [pid, its] of ours) if (its === core) ms += processorMs(pid);
  return ms;
}

/** Processor time of a process so far, ms; 0 of one that has gone, or where there is no /proc. */
export function processorMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 0;
    throw error;
  }
}

/** So many rounds may be repeated in a measurement; then figures are taken as they come, and that is said. */
const mostRepeats = 40;

/** Repeats rounds that somebody disturbed, as long as there is patience. */
export class QuietRounds {
  #repeated = 0;
  #disturbed = 0;

  async run<T>(round: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = reading();
      const result = await round();
      if (wasQuiet(before, reading())) return result;
      if (this.#repeated === mostRepeats) {
        this.#disturbed += 1;
        return result;
      }
      this.#repeated += 1;
    }
  }

  /** For the notes below a table. */
  toString(): string {
    return `Rounds repeated because other processes were at work on these cores: ${this.#repeated}; disturbed ones that count all the same: ${this.#disturbed}.`;
  }
}

/** What quiet moments gave, where there were enough of them; else everything. */
export function mostlyQuiet<T>(
  all: readonly { value: T; quiet: boolean }[],
  enough: number,
): { values: T[]; disturbed: number } {
  const quiet = all.filter((one) => one.quiet);
  const taken = quiet.length >= enough ? quiet : all;
  return { values: taken.map(({ value }) => value), disturbed: taken.filter((one) => !one.quiet).length };
}
