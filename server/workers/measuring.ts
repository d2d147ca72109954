import type { Worker } from 'node:cluster';
import type { Snapshot } from '../ops/metrics.ts';
import type { ToSupervisor, ToWorker } from './messages.ts';

/** A worker that is busy for longer is left out: metrics are looked at when things go wrong. */
const patienceMs = 1_000;

interface Round {
  snapshots: Snapshot[];
  awaited: number;
  finish: () => void;
}

/** Asks all workers for their numbers when one of them is asked for everybody’s. */
export class Measuring {
  readonly #rounds = new Map<number, Round>();
  #count = 0;

  take(from: Worker, message: ToSupervisor, workers: readonly Worker[]): void {
    if (message.kind === 'measure-all') this.#begin(from, message.ask, workers);
    if (message.kind === 'snapshot') this.#gather(message.ask, message.snapshot);
  }

  #begin(from: Worker, ask: number, workers: readonly Worker[]): void {
    const number = ++this.#count;
    const finish = (): void => {
      clearTimeout(timer);
      this.#rounds.delete(number);
      send(from, { kind: 'measured', ask, snapshots: round.snapshots });
    };
    const round: Round = { snapshots: [], awaited: workers.length, finish };
    const timer = setTimeout(finish, patienceMs);
    this.#rounds.set(number, round);
    for (const worker of workers) send(worker, { kind: 'measure', ask: number });
  }

  #gather(ask: number, snapshot: Snapshot): void {
    const round = this.#rounds.get(ask);
    if (round?.snapshots.push(snapshot) === round?.awaited) round?.finish();
  }
}

/** To a worker that may be gone by now. */
function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
