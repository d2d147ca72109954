import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { DayView } from '../../shared/day.ts';
import { openBrowser } from '../support/browser.ts';
import { newUpdates } from '../support/changes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { type Budget, type Measured, number, type Row } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { type Stage, setStage, stageDate } from '../support/stage.ts';
import { percentile } from '../support/statistics.ts';

/** B10: what the browser itself says of a day’s page on a slow device, while updates come; and the bare page’s weight. */
export const openPage: Budget = {
  name: 'B10',
  title: 'The open page of a day with 100 updates, on a processor four times slower',
  measure: () => withCleanup(measure),
};

const slowdown = 4;
const insertions = 20;
const mostShift = 0.01;
const mostTaskMs = 50;
const mostLite = 1.5;
/** How often the page is asked whether an update has arrived. To look for its words would take longer than to show it. */
const lookMs = 100;

/** Runs in the page before anything of it. */
const observe = `
  window.seen = { paintMs: 0, shift: 0, tasks: [] };
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('largest-contentful-paint', ({ startTime }) => { seen.paintMs = startTime; });
  on('layout-shift', ({ hadRecentInput, value }) => { if (!hadRecentInput) seen.shift += value; });
  on('longtask', ({ duration }) => seen.tasks.push(duration));
`;

interface Seen {
  paintMs: number;
  shift: number;
  tasks: number[];
}

async function measure(cleanup: Cleanup): Promise<Measured> {
  const stage = await setStage(cleanup);
  const browser = await openBrowser(cleanup);
  if (!browser) throw new Error('B10 needs Chromium');
  const rows: Row[] = [await lite(stage)];
  for (const [where, width, height] of [
    ['a phone', 390, 844],
    ['a desk', 1280, 900],
  ] as const) {
    rows.push(await loading(stage, browser, where, { width, height }));
    rows.push(await following(stage, browser, `${where}, at the top of the page`, { width, height }, 0));
    rows.push(await following(stage, browser, `${where}, further down`, { width, height }, 2_000));
  }
  return {
    rows,
    notes: [
      `Chromium without a screen, slowed down ${slowdown} × by its own means on a core that it shares with this program; what it says by its observers: of five visits each the middle largest paint and longest task, the sum of all layout shifts while ${insertions} updates arrive over the socket, and all tasks over ${mostTaskMs} ms.`,
    ],
  };
}

/** Asks the page, by the browser’s own protocol: the driver would first run a script of its own there, of 0.2 s, among the page’s tasks. */
type Ask = (expression: string) => Promise<unknown>;

async function visited(address: string, browser: Browser, viewport: { width: number; height: number }, sign: string) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript({ content: observe });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const ask: Ask = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  };
  await page.goto(address);
  await until(ask, sign);
  return { ask, close: () => context.close() };
}

const opened = ({ daymark, dayPath }: Stage, browser: Browser, viewport: { width: number; height: number }) =>
  visited(daymark.origin + dayPath, browser, viewport, `document.querySelector('[data-connection="live"]')`);

/** The rival: the same text without a style and without a script. */
const openedBare = ({ daymark, dayPath }: Stage, browser: Browser, viewport: { width: number; height: number }) =>
  visited(`${daymark.origin}${dayPath}?lite`, browser, viewport, `document.readyState === 'complete'`);

const until = (ask: Ask, sign: string): Promise<unknown> =>
  ask(`new Promise((done) => { const look = () => (${sign} ? done() : setTimeout(look, ${lookMs})); look(); })`);

/** A frame is over, and what came of it has been told to the observers. */
const seenBy = async (ask: Ask): Promise<Seen> => {
  await ask('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))');
  return (await ask('window.seen')) as Seen;
};

async function loading(
  stage: Stage,
  browser: Browser,
  where: string,
  viewport: { width: number; height: number },
): Promise<Row> {
  const ours: Seen[] = [];
  const bare: Seen[] = [];
  for (let visit = 0; visit < sizeOf('VISITS', 5); visit++)
    for (const [seen, open] of [
      [ours, opened],
      [bare, openedBare],
    ] as const) {
      const { ask, close } = await open(stage, browser, viewport);
      seen.push(await seenBy(ask));
      await close();
    }
  const longest = (visits: Seen[]) =>
    percentile(
      visits.map(({ tasks }) => Math.max(0, ...tasks)),
      0.5,
    );
  const paint = (visits: Seen[]) =>
    percentile(
      visits.map(({ paintMs }) => paintMs),
      0.5,
    );
  const shift = Math.max(...ours.map((visit) => visit.shift));
  return {
    ...empty,
    what: `loading, ${where}, beside its bare text (\`?lite\`)`,
    ours: `largest paint ${number(paint(ours))} ms, longest task ${number(longest(ours))} ms, layout shift ${number(shift, 3)}`,
    rivals: `largest paint ${number(paint(bare))} ms, longest task ${number(longest(bare))} ms`,
    ratio: number(longest(ours) / longest(bare), 2),
    asked: `task ≤ ${mostTaskMs} ms, shift ≤ ${mostShift}`,
    holds: longest(ours) <= mostTaskMs && shift <= mostShift,
  };
}

async function following(
  stage: Stage,
  browser: Browser,
  where: string,
  viewport: { width: number; height: number },
  scrolled: number,
): Promise<Row> {
  const { ask, close } = await opened(stage, browser, viewport);
  await ask(`scrollTo(0, ${scrolled})`);
  const before = await seenBy(ask);
  for (const [at, update] of newUpdates(stageDate, insertions, 1_000, viewport.width + scrolled).entries()) {
    const headline = `Arrived ${at}`;
    const occurredAt = `${stageDate}T23:59:00+02:00`;
    const { id } = await stage.daymark.publish('bench', { ...update, headline, occurredAt });
    const sign =
      scrolled > 0
        ? `document.querySelector('[data-new-updates] button')?.textContent.startsWith('${at + 1} ')`
        : `document.getElementById('u-${id}') !== null`;
    await until(ask, sign);
    await seenBy(ask);
  }
  const after = await seenBy(ask);
  await close();
  const shift = after.shift - before.shift;
  const tasks = after.tasks.slice(before.tasks.length);
  progress(`${where}: shift ${number(shift, 4)}, tasks ${tasks.map((task) => number(task)).join(' ')}`);
  return {
    ...empty,
    what: `${insertions} updates arrive, ${where}`,
    ours: `layout shift ${number(shift, 3)}, tasks over ${mostTaskMs} ms: ${tasks.length}${tasks.length > 0 ? ` (longest ${number(Math.max(...tasks))} ms)` : ''}`,
    asked: `shift ≤ ${mostShift}, none`,
    holds: shift <= mostShift && tasks.length === 0,
  };
}

async function lite({ daymark, dayPath, dayJsonPath }: Stage): Promise<Row> {
  const page = (await rawAnswer(daymark.origin, `${dayPath}?lite`, 'br')).body.length;
  const answer = await rawAnswer(daymark.origin, `${dayJsonPath}?limit=1000`, 'identity');
  const { updates } = JSON.parse(String(answer.body)) as DayView;
  const text = updates
    .map(({ headline, body }) => `${headline}\n${body.replace(/<\/p>/g, '\n').replace(/<[^>]+>/g, '')}`)
    .join('\n');
  const bare = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  return {
    ...empty,
    what: '`?lite`, against the bare text of its updates, both as Brotli',
    ours: `${number(page)} bytes`,
    rivals: `text ${number(bare)}`,
    ratio: number(page / bare, 2),
    asked: `< ${mostLite} ×`,
    holds: page / bare < mostLite,
  };
}

const empty: Row = { what: '', ours: '', rivals: '', ratio: '', asked: '', holds: null };
