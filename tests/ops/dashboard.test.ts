import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { measureDeliveries } from '../../server/ops/delivery-metrics.ts';
import { measureHttp } from '../../server/ops/http-metrics.ts';
import { measureImages } from '../../server/ops/image-metrics.ts';
import { measureFollowers, measureLog } from '../../server/ops/live-metrics.ts';
import { Metrics } from '../../server/ops/metrics.ts';
import { measureDisk, measureStore } from '../../server/ops/store-metrics.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Every name that a whole server declares, with the parts of its histograms. */
async function names(): Promise<{ all: Set<string>; ours: string[] }> {
  const metrics = new Metrics({ version: '0' });
  const { registry } = metrics;
  metrics.watchProcess();
  measureHttp(
    registry,
    { routes: () => [], refusals: () => [], onWrite: () => undefined },
    { counts: { hits: 0, misses: 0, stale: 0, builds: 0 }, bytes: 0, size: 0 },
  );
  measureLog(registry, { connected: true, lookedMsAgo: 0, timelines: () => [], onChange: () => undefined }, Date.now);
  const none = { kept: 0, refused: 0, unavailable: 0, deleted: 0, bytesUploaded: 0, bytesKept: 0, developingMs: 0 };
  measureImages(registry, { counts: none });
  measureDeliveries(registry, { counts: {} });
  const carriers = { gateway: { heads: 0, served: null }, streams: { heads: 0 } };
  measureFollowers(registry, { open: {}, dropped: {} }, carriers);
  measureStore(registry, () => []);
  measureDisk(registry, '.');
  const found = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)/gm)];
  const all = found.flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['', '_bucket', '_count', '_sum'].map((part) => name + part) : [name],
  );
  const ours = found.map(([, name = '']) => name).filter((name) => name.startsWith('daymark_'));
  return { all: new Set(all), ours };
}

const named = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:daymark|nodejs|process)_\w+/g)].map(([name]) => name)),
];

const alerts = read('ops/alerts.yml')
  .split(/^ {6}- alert: /m)
  .slice(1);
const dashboard = read('ops/grafana-dashboard.json');

describe('dashboard and alerts', () => {
  test('OPS12 name only metrics that are there', async () => {
    const { all } = await names();
    const expressions = alerts.map((alert) => /^ {8}expr: (.*)$/m.exec(alert)?.[1] ?? '');
    expect(expressions.every((expression) => expression !== '')).toBe(true);
    const used = [...named(expressions.join('\n')), ...named(dashboard)];
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((name) => !all.has(name))).toEqual([]);
  });

  test('OPS12 each alert says what it means and what to do, and how grave it is', () => {
    for (const alert of alerts) {
      expect(alert).toMatch(/^ {8}labels: \{ severity: (critical|warning) \}$/m);
      expect(alert).toMatch(/^ {10}summary: \S.{10}/m);
      expect(alert).toMatch(/^ {10}description: \S.{60}/m);
    }
    expect(new Set(alerts.map((alert) => alert.split('\n')[0])).size).toBe(alerts.length);
  });

  test('OPS12 every panel asks something, of the nodes that are chosen', () => {
    const { panels } = JSON.parse(dashboard) as {
      panels: { type: string; title: string; targets?: { expr: string }[] }[];
    };
    for (const { type, title, targets = [] } of panels) {
      if (type === 'row') continue;
      expect({ title, asks: targets.length > 0 }).toEqual({ title, asks: true });
      for (const { expr } of targets) expect(expr).toContain('instance=~"$instance"');
    }
  });

  test('OPS12 the documentation lists the metrics, all of them and no others', async () => {
    const { ours } = await names();
    const listed = [...read('docs/operations.md').matchAll(/^\| `(daymark_\w+)/gm)].map(([, name = '']) => name);
    expect(listed.sort()).toEqual(ours.sort());
  });
});
