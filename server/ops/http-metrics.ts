import { Histogram, type Registry } from 'prom-client';
import { byKey, counter, gauge } from './series.ts';

export interface RequestCounts {
  routes(): Iterable<{ readonly method: string; readonly route: string; readonly byClass: readonly number[] }>;
  refusals(): Iterable<[code: string, count: number]>;
  onWrite(listener: (outcome: string, ms: number) => void): void;
}

export interface PreparedCounts {
  readonly counts: { readonly hits: number; readonly misses: number; readonly stale: number; readonly builds: number };
  readonly bytes: number;
  readonly size: number;
}

/** What is asked, what is refused, how long writes take, and how much is answered from memory. */
export function measureHttp(registry: Registry, requests: RequestCounts, prepared: PreparedCounts): void {
  measureRequests(registry, requests);
  counter(registry, {
    name: 'daymark_prepared_answers_total',
    help: 'Public reads by how they were answered: hit (from memory), miss (made first), stale (the last version, the store being away).',
    labels: ['result'],
    read: () => {
      const { hits, misses, stale } = prepared.counts;
      return byKey('result', { hit: hits, miss: misses, stale });
    },
  });
  counter(registry, {
    name: 'daymark_prepared_builds_total',
    help: 'Answers that were made. Fewer than misses: who asks for the same at once shares one.',
    read: () => prepared.counts.builds,
  });
  gauge(registry, {
    name: 'daymark_prepared_bytes',
    help: 'Memory that answers kept ready take, about.',
    read: () => prepared.bytes,
  });
  gauge(registry, { name: 'daymark_prepared_answers', help: 'Answers kept ready.', read: () => prepared.size });
}

function measureRequests(registry: Registry, requests: RequestCounts): void {
  counter(registry, {
    name: 'daymark_requests_total',
    help: 'Answers by route, as it is registered, and class of status. A stream counts when it ends.',
    labels: ['method', 'route', 'status'],
    read: () =>
      [...requests.routes()].flatMap(({ method, route, byClass }) =>
        byClass.flatMap((count, digit) =>
          count === 0 ? [] : [[{ method, route, status: `${digit}xx` }, count] as const],
        ),
      ),
  });
  counter(registry, {
    name: 'daymark_refusals_total',
    help: 'Refusals by the code of their problem (docs/problems.md).',
    labels: ['code'],
    read: () => [...requests.refusals()].map(([code, count]) => [{ code }, count] as const),
  });
  const writes = new Histogram({
    name: 'daymark_write_seconds',
    help: 'From a write’s headers to its whole answer, fsync included, by outcome; imports are left out.',
    labelNames: ['outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  for (const outcome of ['written', 'replayed', 'refused', 'failed', 'aborted']) writes.zero({ outcome });
  requests.onWrite((outcome, ms) => writes.observe({ outcome }, ms / 1_000));
}
