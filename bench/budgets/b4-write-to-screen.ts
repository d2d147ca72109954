import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewUpdate } from '../../shared/update.ts';
import type { FollowersHandlers } from '../load/followers.ts';
import { openBrowser } from '../support/browser.ts';
import { newUpdates } from '../support/changes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { monotonicMs } from '../support/clock.ts';
import type { Daymark } from '../support/daymark.ts';
import { Helper } from '../support/helper.ts';
import type { Core } from '../support/pinned.ts';
import { utilisation } from '../support/questions.ts';
import { mostlyQuiet, reading, wasQuiet } from '../support/quiet.ts';
import { type Budget, type Measured, number, percent, type Row } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { type Stage, setStage, stageDate } from '../support/stage.ts';
import { percentile } from '../support/statistics.ts';

type Load = Helper<FollowersHandlers>;

const mostMs = 100;
const everyMs = 200;
/** On a page what comes while something still slides waits for it (decision 085): here each post is on its own. */
const everyMsOnPage = 600;

/** B4: from the newsroom’s request to the screens of 5,000 followers, with fsync on every write. */
export const writeToScreen: Budget = {
  name: 'B4',
  title: 'From a write to 5,000 open screens, fsync on every write',
  measure: () => withCleanup(measure),
};

async function measure(cleanup: Cleanup): Promise<Measured> {
  const posts = sizeOf('POSTS', 150);
  const stage = await setStage(cleanup);
  const load = cleanup.add(new Helper<FollowersHandlers>('load', 'load/followers'), (one) => one.end());
  // A reader’s screen shares no core with 5,000 others: here it does, so those who only receive stand behind it.
  setPriority(load.pid, 10);
  const page = await onAPage(stage, load, cleanup, sizeOf('PAGE_POSTS', 100));
  const sockets = await overSockets(stage.daymark, load, posts);
  return {
    rows: [...sockets.rows, ...page],
    notes: [
      `${posts} posts, one every ${everyMs} ms (on the page ${everyMsOnPage}), each through HTTP, checks, sanitising and one fsynced commit; ${followers()} followers, all of whose deliveries count. Times begin when the request is sent, so they hold the write itself.`,
      `Utilisation of the load’s core: ${percent(sockets.busy)}; the browser shares it, goes before the followers there, and came when half of them had. Posts that count although other processes were at work on these cores: ${sockets.disturbed}.`,
    ],
  };
}

async function join({ daymark }: Stage, load: Load, count: number): Promise<void> {
  const dialect = { kind: 'socket.io' as const, follow: { timeline: 'bench' } };
  const { faults } = await load.ask('connect', { port: daymark.port, dialect, count, atOnce: 100 });
  if (Object.keys(faults).length > 0) throw new Error(JSON.stringify(faults));
  progress(`${count} followers joined`);
}

/** Publishes one after the other until so many went undisturbed, twice as many at the most. */
async function publishing<T>(
  { posts, pauseMs, on, seed }: { posts: number; pauseMs: number; on: Core[]; seed: number },
  publish: (update: NewUpdate) => Promise<T>,
) {
  const all: { value: T; quiet: boolean }[] = [];
  for (const update of newUpdates(stageDate, posts * 2, 900, seed)) {
    const before = reading();
    const value = await publish(update);
    await pause(pauseMs);
    all.push({ value, quiet: wasQuiet(before, reading(), on) });
    if (all.filter(({ quiet }) => quiet).length === posts) break;
  }
  const { values, disturbed } = mostlyQuiet(all, posts / 2);
  progress(`${values.length} of ${all.length} posts count, ${disturbed} of them disturbed by others`);
  return { measured: values, disturbed };
}

async function overSockets(daymark: Daymark, load: Load, posts: number) {
  let seq = await headOf(daymark);
  await load.ask('watch', { changes: posts * 2 });
  const { measured, disturbed } = await publishing(
    { posts, pauseMs: everyMs, on: ['server', 'load'], seed: 11 },
    async (update) => {
      const startMs = monotonicMs();
      await daymark.publish('bench', update);
      return { seq: ++seq, startMs, answeredMs: monotonicMs() - startMs };
    },
  );
  const { faults, before, after } = await load.ask('arrived', { withinMs: 1_000 });
  if (Object.keys(faults).length > 0) throw new Error(JSON.stringify(faults));
  const origins = Object.fromEntries(measured.map((one) => [one.seq, one.startMs]));
  const all = await load.ask('latencies', { origins });
  if (all.deliveries !== measured.length * followers()) throw new Error(`only ${all.deliveries} deliveries`);
  const rows = [
    row('write sent → answered (201)', spreadText(measured.map(({ answeredMs }) => answeredMs))),
    held(row('write sent → received by a follower, all deliveries', text(all)), all.p99),
  ];
  return { rows, disturbed, busy: utilisation(before, after) };
}

/**
 * An open page in a browser, on a day that is shorter than what a page shows: from the request to the frame that shows the update. Half of the
 * followers are there before it, half come after. Leaves all of them joined.
 */
async function onAPage(stage: Stage, load: Load, cleanup: Cleanup, posts: number): Promise<Row[]> {
  const { daymark, dayPath } = stage;
  const browser = await openBrowser(cleanup);
  await join(stage, load, Math.floor(followers() / 2));
  const page = await browser?.newPage();
  await page?.goto(daymark.origin + dayPath);
  await page?.waitForSelector('[data-connection="live"]', { state: 'attached', timeout: 20_000 });
  await join(stage, load, Math.ceil(followers() / 2));
  if (!page) return [];
  let mark = 0;
  const { measured } = await publishing({ posts, pauseMs: everyMsOnPage, on: ['server'], seed: 12 }, async (update) => {
    const headline = `Seen ${++mark} of those`;
    const shown = page.evaluate(whenShown, headline);
    await page.evaluate(() => undefined); // the observer is there when this has come back
    const start = performance.timeOrigin + performance.now();
    await daymark.publish('bench', { ...update, headline, occurredAt: `${stageDate}T23:59:00+02:00` });
    return (await shown) - start;
  });
  await browser?.close();
  return [
    held(row('write sent → painted on an open page in Chromium', spreadText(measured)), percentile(measured, 0.99)),
  ];
}

/** Runs in the page: the wall-clock ms of the frame in which an update with this headline is there. */
function whenShown(headline: string): Promise<number> {
  const page = globalThis as unknown as Browser;
  return new Promise((resolve) => {
    const observer = new page.MutationObserver(() => {
      if (!page.document.body.textContent.includes(headline)) return;
      observer.disconnect();
      page.requestAnimationFrame(() => resolve(page.performance.timeOrigin + page.performance.now()));
    });
    observer.observe(page.document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** What of a browser this file uses; bench/ is compiled without its library. */
interface Browser {
  MutationObserver: new (onChange: () => void) => { observe(of: unknown, what: object): void; disconnect(): void };
  document: { body: { textContent: string } };
  performance: { timeOrigin: number; now(): number };
  requestAnimationFrame(callback: () => void): void;
}

async function headOf(daymark: Daymark): Promise<number> {
  const timeline = (await (await fetch(`${daymark.origin}/api/v1/timelines/bench`)).json()) as { position: string };
  return Number(timeline.position.split(':')[1]);
}

const text = ({ p50, p99, most }: { p50: number; p99: number; most: number }): string =>
  `p50 ${number(p50, 1)} ms, p99 ${number(p99, 1)} ms, most ${number(most, 1)} ms`;

const spreadText = (times: number[]): string =>
  text({ p50: percentile(times, 0.5), p99: percentile(times, 0.99), most: Math.max(...times) });

const row = (what: string, ours: string): Row => ({ what, ours, rivals: '', ratio: '', asked: '', holds: null });

const held = (one: Row, p99: number): Row => ({ ...one, asked: `p99 < ${mostMs} ms`, holds: p99 < mostMs });

const followers = (): number => sizeOf('FOLLOWERS', 5_000);
