import type { Registry } from 'prom-client';
import { byKey, counter } from './series.ts';

export interface DeliveryNumbers {
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Whether those outside take what they are told. */
export function measureDeliveries(registry: Registry, { counts }: DeliveryNumbers): void {
  counter(registry, {
    name: 'daymark_deliveries_total',
    help: 'Attempts to tell those outside, by kind (webhook, websub, push) and outcome: taken (200–299 in time), failed.',
    labels: ['kind', 'outcome'],
    read: () =>
      Object.entries(counts).flatMap(([kind, outcomes]) =>
        byKey('outcome', outcomes).map(([labels, value]) => [{ kind, ...labels }, value] as const),
      ),
  });
}
