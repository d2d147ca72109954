/** What a helper process can be asked: name → handler. Arguments and answers travel as JSON. */
export type Handlers = Record<string, (argument: never) => unknown>;

export interface Question {
  id: number;
  name: string;
  argument: unknown;
}

export type Answer = { id: number; value: unknown } | { id: number; error: string };

/** Processor time of this process so far, µs, and when it was read, ms: two readings make a utilisation. */
export interface Usage {
  cpuMicros: number;
  atMs: number;
}

/** 0–1: how busy a process was between two readings. */
export const utilisation = (before: Usage, after: Usage): number =>
  (after.cpuMicros - before.cpuMicros) / 1_000 / (after.atMs - before.atMs);
