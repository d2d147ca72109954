import {
  AggregatorRegistry,
  collectDefaultMetrics,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import { gauge } from './series.ts';

/** All series of one process, as they travel between processes. */
export type Snapshot = MetricObjectWithValues<MetricValue<string>>[];

export interface MetricsParts {
  version: string;
  /** Which of the processes behind one port this is; absent where it is the only one. */
  worker?: string;
}

/**
 * What one process can tell of itself, in Prometheus’s text format. Every part keeps plain numbers of its own; they are put
 * into words here, and nowhere but in `server/ops` is anything known of Prometheus.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor({ version, worker }: MetricsParts) {
    if (worker !== undefined) this.registry.setDefaultLabels({ worker });
    gauge(this.registry, {
      name: 'daymark_build_info',
      help: 'Always 1; the labels say what runs.',
      labels: ['version'],
      read: () => [[{ version }, 1]],
    });
  }

  /** Adds what Node knows of the process: memory, CPU, descriptors, delay of the event loop. To be called once a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  snapshot(): Promise<Snapshot> {
    return this.registry.getMetricsAsJSON() as unknown as Promise<Snapshot>;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

/**
 * Puts the snapshots of several processes into one text. Each series carries its `worker`, so nothing is added up; left to
 * itself, prom-client would drop what it can’t add (the time of a start), and a snapshot that has travelled as JSON has null
 * for what is no number.
 */
export function textOf(snapshots: readonly Snapshot[]): Promise<string> {
  const whole = snapshots.map((snapshot) =>
    snapshot.map((metric) => ({
      ...metric,
      aggregator: 'sum' as const,
      values: metric.values.filter(({ value }) => typeof value === 'number'),
    })),
  );
  return AggregatorRegistry.aggregate(whole).metrics();
}
