import { isDeepStrictEqual } from 'node:util';
import type { DayView } from '../../shared/day.ts';
import { parsePosition } from '../../shared/position.ts';
import type { Update } from '../../shared/update.ts';
import { answering } from '../support/answering.ts';
import type { Seen } from './soak-day.ts';
import { SoakFollower, type Tally } from './soak-follower.ts';

/** A thousand readers of a day in one process, asked over IPC: the load side of the soak. */
const followers: SoakFollower[] = [];
const faults = new Map<string, number>();
const tally: Tally = { delivered: 0, caughtUp: 0, connects: 0, resets: 0, behindHead: 0, silences: 0 };
let path = '';
let fetching: Promise<DayView> | null = null;

const onFault = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1);

async function fetchDay(): Promise<DayView> {
  const answer = await fetch(path, { signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as DayView;
}

/** Whoever asks while an answer is on its way gets the same one. */
function dayNow(): Promise<DayView> {
  fetching ??= fetchDay().finally(() => {
    fetching = null;
  });
  return fetching;
}

async function seenNow(): Promise<Seen> {
  const { position: text, updates, summary } = await dayNow();
  const position = parsePosition(text);
  if (!position) throw new Error(`${path} stands at ${text}`);
  return { position, updates: new Map(updates.map((update) => [update.id, update])), summary: summary?.revision ?? 0 };
}

/** What was parsed last: a thousand followers get the same text within a second or so. */
const parsed = new Map<string, unknown>();
function parse(text: string): unknown {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(text);
  parsed.set(text, value);
  const [oldest] = parsed.keys();
  if (parsed.size > 300 && oldest !== undefined) parsed.delete(oldest);
  return value;
}

/** Resolves when all follow for the first time. */
async function open({ port, timeline, count }: { port: number; timeline: string; count: number }) {
  path = `http://127.0.0.1:${port}/api/v1/timelines/${timeline}/days/1?limit=1000`;
  const around = { port, timeline, fetchDay: seenNow, parse, tally, onFault };
  for (let i = 0; i < count; i++) {
    const follower = new SoakFollower(around);
    followers.push(follower);
    follower.come();
    if (i % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  setInterval(() => {
    const now = performance.now();
    for (const follower of followers) follower.watch(now);
  }, 1_000);
  await until(() => followers.every(({ isLive }) => isLive), 60_000);
  return state();
}

function state() {
  return { live: followers.filter(({ isLive }) => isLive).length, ...tally, faults: Object.fromEntries(faults) };
}

const some = ({ from, count }: { from: number; count: number }): SoakFollower[] =>
  Array.from({ length: count }, (_, i) => followers[(from + i) % followers.length]).filter((one) => one !== undefined);

function stall({ from, count, ms }: { from: number; count: number; ms: number }): void {
  const chosen = some({ from, count });
  for (const follower of chosen) follower.stall();
  setTimeout(() => {
    for (const follower of chosen) follower.wake();
  }, ms);
}

function leave(which: { from: number; count: number }): void {
  for (const follower of some(which)) follower.leave();
}

function come(which: { from: number; count: number }): void {
  for (const follower of some(which)) follower.come();
}

/** Waits until everybody is where the log ends; how long that took, and who is not there by then. */
async function complete({ position, withinMs }: { position: string; withinMs: number }) {
  const begun = performance.now();
  const head = parsePosition(position);
  const behind = () => followers.filter((one) => !one.isLive || !isDeepStrictEqual(one.seen?.position, head));
  await until(() => behind().length === 0, withinMs);
  return { behind: behind().length, ms: Math.round(performance.now() - begun) };
}

/** What each follower knows against the day’s JSON of now: how many differ, and the first differences. */
async function compare() {
  const day = await fetchDay();
  const same = new WeakMap<Update, boolean>();
  const isSame = (mine: Update | undefined, theirs: Update): boolean => {
    if (!mine) return false;
    const known = same.get(mine) ?? isDeepStrictEqual(mine, theirs);
    same.set(mine, known);
    return known;
  };
  const differences = followers.flatMap(({ seen }, i) => {
    if (!seen) return [`follower ${i} has seen nothing`];
    const wrong = day.updates.filter((update) => !isSame(seen.updates.get(update.id), update)).map(({ id }) => id);
    const more = seen.updates.size - day.updates.length;
    const summary = day.summary?.revision ?? 0;
    if (wrong.length === 0 && more === 0 && seen.summary === summary) return [];
    return [`follower ${i}: ${wrong.length} differ (${wrong[0]}), ${more} more, summary ${seen.summary} of ${summary}`];
  });
  return { updates: day.updates.length, different: differences.length, differences: differences.slice(0, 5) };
}

async function until(condition: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

answering({ open, state, stall, leave, come, complete, compare });
