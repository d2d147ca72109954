import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../../support/wait-for.ts';
import type { Wire } from '../../support/wire.ts';
import type { Crowd } from './crowd.ts';
import type { Node } from './node.ts';
import type { Random } from './random.ts';

interface Stricken {
  node: Node;
  /** In front of the last of the crowds. */
  wire: Wire;
  crowds: readonly Crowd[];
}

type Strike = (random: Random) => Promise<void>;

/** What strikes a server in its life. Those under `ends` end processes that serve. */
export function misfortunes({ node, wire, crowds }: Stricken): {
  ends: Record<string, Strike>;
  others: Record<string, Strike>;
} {
  const ends: Record<string, Strike> = {
    worker: async (random) => {
      process.kill(random.pick(node.workerPids()), 'SIGKILL');
      await waitFor(() => node.workerPids().length === 2, 'another worker', { withinMs: 60_000 });
    },
    server: async () => {
      await node.end('SIGKILL');
      await node.start();
    },
  };
  const others: Record<string, Strike> = {
    redis: async () => {
      const killed = node.redisPid();
      process.kill(killed, 'SIGKILL');
      await waitFor(() => node.redisPid() !== killed, 'another Redis', { withinMs: 60_000 });
    },
    frozenRedis: async (random) => {
      const redis = node.redisPid();
      process.kill(redis, 'SIGSTOP');
      await pause(random.between(2_000, 10_000));
      process.kill(redis, 'SIGCONT');
    },
    cut: async (random) => wire.cut(random.pick(['end', 'reset'])),
    torn: async (random) => wire.cutAfter(random.between(1, 3_000)),
    halfOpen: async () => wire.forget(),
    silence: async (random) => {
      wire.weather = 'silent';
      await pause(random.between(3_000, 30_000));
      wire.weather = 'fair';
    },
    notReading: async (random) => {
      for (const crowd of crowds) {
        const count = Math.ceil(crowd.count / 20);
        await crowd.stall({ from: random.between(0, crowd.count), count, ms: random.between(5_000, 40_000) });
      }
    },
  };
  return { ends, others };
}

/**
 * Strikes until `untilMs` (performance.now): every kind once before any comes again. What ends processes that serve strikes
 * before `settledMs` alone, a restart of all last: how memory goes shows only in processes that live on.
 */
export async function strikeAll(
  parts: Stricken,
  random: Random,
  { settledMs, untilMs, gapMs }: { settledMs: number; untilMs: number; gapMs: number },
): Promise<Record<string, number>> {
  const { ends, others } = misfortunes(parts);
  const struck: Record<string, number> = {};
  const strike = async (name: string, act: Strike): Promise<void> => {
    struck[name] = (struck[name] ?? 0) + 1;
    await act(random);
  };
  const wait = (limitMs: number): Promise<unknown> =>
    pause(Math.max(0, Math.min(gapMs * (0.5 + random.fraction()), limitMs - performance.now())));
  let left: [string, Strike][] = [];
  const until = async (limitMs: number, kinds: Record<string, Strike>): Promise<void> => {
    for (left = []; ; ) {
      await wait(limitMs);
      if (performance.now() >= limitMs) return;
      if (left.length === 0) left = Object.entries(kinds);
      const [next] = left.splice(random.between(0, left.length - 1), 1);
      if (next) await strike(...next);
    }
  };
  await until(settledMs, { ...ends, ...others });
  if (ends['server']) await strike('server', ends['server']);
  await until(untilMs, others);
  return struck;
}
