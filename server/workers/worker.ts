import cluster from 'node:cluster';
import { type Metrics, type Snapshot, textOf } from '../ops/metrics.ts';
import type { ToSupervisor, ToWorker } from './messages.ts';

const patienceMs = 3_000;

/** A worker’s line to its supervisor. When that one ends, Node ends the worker too. */
export class SupervisorLine {
  readonly #asked = new Map<number, (snapshots: Snapshot[]) => void>();
  #count = 0;

  /** Answers the supervisor with the numbers of this process. */
  measures(metrics: Metrics): void {
    cluster.worker?.on('message', async (message: ToWorker) => {
      if (message.kind === 'measured') this.#asked.get(message.ask)?.(message.snapshots);
      if (message.kind === 'measure') send({ kind: 'snapshot', ask: message.ask, snapshot: await metrics.snapshot() });
    });
  }

  /** The numbers of all workers, as Prometheus reads them; those of a supervisor that does not answer are left out. */
  async allMetrics(metrics: Metrics): Promise<string> {
    const ask = ++this.#count;
    const snapshots = await new Promise<Snapshot[] | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), patienceMs);
      this.#asked.set(ask, (found) => {
        clearTimeout(timer);
        resolve(found);
      });
      send({ kind: 'measure-all', ask });
    });
    this.#asked.delete(ask);
    return textOf(snapshots ?? [await metrics.snapshot()]);
  }

  /** Resolves when the supervisor has been told. */
  failed(lines: readonly string[], code: number): Promise<void> {
    return new Promise((resolve) => send({ kind: 'failed', lines, code }, () => resolve()));
  }
}

function send(message: ToSupervisor, sent: () => void = () => undefined): void {
  if (cluster.worker?.isConnected()) cluster.worker.send(message, sent);
  else sent();
}
