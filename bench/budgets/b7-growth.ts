import { addDays, newTimeline, newUpdates } from '../support/changes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { monotonicMs } from '../support/clock.ts';
import { Daymark } from '../support/daymark.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { startRedis } from '../support/redis.ts';
import { type Budget, type Measured, number, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { ratios, spreadOf } from '../support/statistics.ts';

const perDay = 200;
const most = 1.25;

/** B7: the same day, among one thousand days and alone. */
export const growth: Budget = {
  name: 'B7',
  title: 'A day page among 1,000 days and 200,000 updates, against the same day alone',
  measure: () => withCleanup(measure),
  onlyByName: true,
};

interface Node {
  daymark: Daymark;
  redisUrl: string;
}

async function measure(cleanup: Cleanup): Promise<Measured> {
  const days = sizeOf('DAYS', 1_000);
  const alone = await filled(cleanup, 1);
  const among = await filled(cleanup, days);
  const cold = { alone: [] as number[], among: [] as number[] };
  for (let round = -3; round < sizeOf('ROUNDS', 25); round++) {
    const [one, other] = [await coldPage(alone.daymark, round), await coldPage(among.daymark, round)];
    if (round < 0) continue;
    cold.alone.push(one);
    cold.among.push(other);
  }
  const starts = { alone: [] as number[], among: [] as number[] };
  const memory = { alone: [] as number[], among: [] as number[] };
  for (let round = 0; round < sizeOf('STARTS', 5); round++) {
    for (const [name, node] of [
      ['alone', alone],
      ['among', among],
    ] as const) {
      await node.daymark.end('SIGTERM');
      node.daymark = await Daymark.start(node.redisUrl, cleanup);
      await coldPage(node.daymark, 1_000 + round);
      starts[name].push(node.daymark.readyMs);
      memory[name].push(node.daymark.residentBytes() / 1e6);
    }
  }
  return {
    rows: [
      row('day page of 200 updates made anew, ms', cold, 1),
      row('start until ready, ms', starts, 0),
      row('resident memory of the node after it, MB', memory, 0),
    ],
    notes: [
      `${number(days)} days with ${perDay} updates each in the one store, a single day in the other; both on Redis with fsync on every write. “Made anew”: the first answer after a change, so store, view and compression are in it.`,
    ],
  };
}

async function filled(cleanup: Cleanup, days: number): Promise<Node> {
  const redisUrl = await startRedis(cleanup);
  const daymark = await Daymark.start(redisUrl, cleanup);
  await daymark.createTimeline(newTimeline);
  const start = monotonicMs();
  await daymark.importAll('bench', rows(days));
  progress(`${number(days * perDay)} updates imported in ${number((monotonicMs() - start) / 1_000, 1)} s`);
  return { daymark, redisUrl };
}

/** The days in order; the last is the day that is looked at, and is the same text in both stores. */
function* rows(days: number) {
  for (let day = days - 1; day >= 0; day--) yield* newUpdates(addDays(newTimeline.dayOne, day), perDay, 600, day);
}

/** ms for a page that no memory holds: a post on another day made every prepared answer stale. */
async function coldPage(daymark: Daymark, round: number): Promise<number> {
  await daymark.publish('bench', {
    occurredAt: `${newTimeline.dayOne}T12:00:00+02:00`,
    headline: `Nothing much ${round} ${Math.random()}`,
  });
  const start = monotonicMs();
  await rawAnswer(daymark.origin, '/bench/day/1', 'br');
  return monotonicMs() - start;
}

function row(what: string, { alone, among }: { alone: number[]; among: number[] }, digits: number): Row {
  const ratio = ratios(among, alone);
  return {
    what,
    ours: spread(spreadOf(among), digits),
    rivals: `alone ${spread(spreadOf(alone), digits)}`,
    ratio: spread(ratio, 2),
    asked: `≤ ${most} ×`,
    holds: ratio.median <= most,
  };
}
