import { answering, usage } from '../support/answering.ts';
import { monotonicMs } from '../support/clock.ts';
import { percentile } from '../support/statistics.ts';
import { type Dialect, RawFollower } from './follower.ts';

/** The load side of everything live: thousands of followers in one process, asked over IPC. */
const followers: RawFollower[] = [];
const faults = new Map<string, number>();

/** When each change reached each follower, from `watch` on: seq → monotonic ms. */
let arrivals = new Map<number, number[]>();
let awaited = { perFollower: 0, deliveries: 0, since: usage() };
let delivered = 0;
let finish: (() => void) | null = null;
let lastMs = 0;

function onChange(seq: number, atMs: number): void {
  delivered += 1;
  lastMs = atMs;
  const times = arrivals.get(seq);
  if (times) times.push(atMs);
  else arrivals.set(seq, [atMs]);
  if (delivered === awaited.deliveries) finish?.();
}

const onFault = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1);

async function connect({
  port,
  dialect,
  count,
  atOnce,
}: {
  port: number;
  dialect: Dialect;
  count: number;
  atOnce: number;
}) {
  const start = monotonicMs();
  let next = 0;
  const one = async (): Promise<void> => {
    while (next++ < count) followers.push(await RawFollower.open({ port, dialect, onChange, onFault }));
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { ms: monotonicMs() - start, faults: Object.fromEntries(faults) };
}

/** To be asked before the server is told to send: forgets what was, and counts from here. */
function watch({ changes }: { changes: number }): void {
  arrivals = new Map();
  delivered = 0;
  awaited = { perFollower: changes, deliveries: changes * followers.length, since: usage() };
}

/** Waits until every follower has had everything, and tells when and at what price to this process. */
async function arrived({ withinMs }: { withinMs: number }) {
  if (delivered < awaited.deliveries) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  finish = null;
  return {
    lastMs,
    delivered,
    missing: awaited.deliveries - delivered,
    before: awaited.since,
    after: usage(),
    faults: Object.fromEntries(faults),
  };
}

/** Over all deliveries of changes whose origin is given (monotonic ms by seq): ms from there to the arrival. */
function latencies({ origins }: { origins: Record<number, number> }) {
  const all = [...arrivals].flatMap(([seq, times]) => {
    const origin = origins[seq];
    return origin === undefined ? [] : times.map((time) => time - origin);
  });
  const [p50 = 0, p99 = 0, most = 0] = [0.5, 0.99, 1].map((share) => percentile(all, share));
  return { deliveries: all.length, p50, p99, most };
}

function end(): void {
  for (const follower of followers.splice(0)) follower.end();
}

const handlers = { connect, watch, arrived, latencies, end, usage };
export type FollowersHandlers = typeof handlers;
answering(handlers);
