import type { Snapshot } from '../ops/metrics.ts';

/** What goes between the supervisor and its workers, over Node’s own channel between parent and child. */
export type ToWorker =
  /** Asks for the worker’s own numbers. */
  | { kind: 'measure'; ask: number }
  /** Answers a worker that asked for everybody’s. */
  | { kind: 'measured'; ask: number; snapshots: Snapshot[] };

export type ToSupervisor =
  /** The worker cannot start; the lines are for the operator, the code is what the whole shall end with. */
  | { kind: 'failed'; lines: readonly string[]; code: number }
  | { kind: 'snapshot'; ask: number; snapshot: Snapshot }
  | { kind: 'measure-all'; ask: number };

/** The number of a worker, and where the private Redis of its supervisor is: by environment, as a worker starts with it. */
export const workerVariable = 'DAYMARK_WORKER';
export const storeVariable = 'DAYMARK_PRIVATE_REDIS';
