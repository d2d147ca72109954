import { readdirSync, readFileSync } from 'node:fs';
import type { Node } from './node.ts';

interface Sample {
  atMs: number;
  value: number;
}

/** How a measure went over its last stretch. */
export interface Trend {
  /** Per minute, by least squares over the windows. */
  slope: number;
  /** What that makes over the stretch. */
  growth: number;
  first: number;
  last: number;
  minutes: number;
}

const everyMs = 5_000;

/** Samples memory and descriptors of every process of a server: its parent, its workers, its Redis. */
export class Vitals {
  readonly #node: Node;
  readonly #begun = performance.now();
  readonly #rss = new Map<string, Sample[]>();
  readonly #fds = new Map<string, Sample[]>();
  readonly #timer: NodeJS.Timeout;

  constructor(node: Node) {
    this.#node = node;
    this.#timer = setInterval(() => this.#sample(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Open descriptors of all workers together, now. */
  descriptorsOfWorkers(): number {
    return this.#node.workerPids().reduce((sum, pid) => sum + (look(pid)?.descriptors ?? 0), 0);
  }

  /**
   * From `fromMs` (performance.now) on, of the processes that lived to the end; each from its own start where that is later.
   * Memory by the lowest of each window, which is what is left after a collection; descriptors by the median.
   */
  trends(fromMs: number, windowMs: number): { mebibytes: Record<string, Trend>; descriptors: Record<string, Trend> } {
    const last = Math.max(0, ...[...this.#rss.values()].map((samples) => samples.at(-1)?.atMs ?? 0));
    const from = fromMs - this.#begun;
    const measure = (series: Map<string, Sample[]>, of: (values: number[]) => number) =>
      Object.fromEntries(
        [...series].flatMap(([name, samples]) => {
          if ((samples.at(-1)?.atMs ?? 0) < last - 3 * everyMs) return [];
          const trend = trendOf(
            samples.filter(({ atMs }) => atMs >= from),
            windowMs,
            of,
          );
          return trend ? [[name, trend]] : [];
        }),
      );
    return { mebibytes: measure(this.#rss, (values) => Math.min(...values)), descriptors: measure(this.#fds, median) };
  }

  #sample(): void {
    const atMs = performance.now() - this.#begun;
    let workers = 0;
    for (const [role, pid] of this.#processes()) {
      const seen = look(pid);
      if (!seen) continue;
      const name = `${role} ${pid}`;
      note(this.#rss, name, { atMs, value: seen.mebibytes });
      // Followers come back to any worker: what leaks shows in all of them together.
      if (role === 'worker') workers += seen.descriptors;
      else note(this.#fds, name, { atMs, value: seen.descriptors });
    }
    if (workers > 0) note(this.#fds, 'workers', { atMs, value: workers });
  }

  #processes(): [string, number][] {
    try {
      const workers = this.#node.workerPids().map((pid): [string, number] => ['worker', pid]);
      return [['parent', this.#node.pid], ...workers, ['redis', this.#node.redisPid()]];
    } catch {
      return []; // it is being restarted
    }
  }
}

function look(pid: number): { mebibytes: number; descriptors: number } | null {
  try {
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return { mebibytes: kilobytes / 1_024, descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return null; // it has just ended
  }
}

function note(series: Map<string, Sample[]>, name: string, sample: Sample): void {
  const samples = series.get(name);
  if (samples) samples.push(sample);
  else series.set(name, [sample]);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function trendOf(samples: readonly Sample[], windowMs: number, of: (values: number[]) => number): Trend | null {
  const windows = new Map<number, number[]>();
  for (const { atMs, value } of samples) {
    const window = Math.floor(atMs / windowMs);
    windows.set(window, [...(windows.get(window) ?? []), value]);
  }
  const points = [...windows].map(([window, values]) => ({ x: (window * windowMs) / 60_000, y: of(values) }));
  if (points.length < 3) return null;
  const mean = (list: number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [mx, my] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const slope = mean(points.map(({ x, y }) => (x - mx) * (y - my))) / mean(points.map(({ x }) => (x - mx) ** 2));
  const minutes = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  const [first, last] = [points[0]?.y ?? 0, points.at(-1)?.y ?? 0];
  return { slope: round(slope), growth: round(slope * minutes), first: round(first), last: round(last), minutes };
}

const round = (value: number): number => Math.round(value * 100) / 100;
