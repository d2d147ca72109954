import { setTimeout as pause } from 'node:timers/promises';
import { withCleanup } from '../support/cleanup.ts';
import { FanOutSide, type Served, type SideName, sides } from '../support/fan-out-side.ts';
import { type Budget, type Measured, percent, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { ratios, type Spread, spreadOf } from '../support/statistics.ts';

const names: SideName[] = ['daymark', 'ws', 'socketIo'];
const burst = 20;
const warmUps = 2;

type Rounds = Record<SideName, Served[]>;

/** B1: changes of 1.2 kB to 5,000 followers, the server on one core. */
export const fanOut: Budget = {
  name: 'B1',
  title: 'Fan-out of 1.2 kB changes to 5,000 followers, one core for the server',
  measure: () => withCleanup(measure),
};

async function measure(cleanup: Parameters<Parameters<typeof withCleanup>[0]>[0]): Promise<Measured> {
  const followers = sizeOf('FOLLOWERS', 5_000);
  const all = new Map(names.map((name) => [name, new FanOutSide(name, cleanup)]));
  for (const [name, side] of all) {
    await side.listen();
    progress(`${sides[name].name}: ${followers} followers joined in ${Math.round(await side.connect(followers))} ms`);
  }
  const bursts = await interleaved(all, burst, sizeOf('ROUNDS', 9));
  const singles = await interleaved(all, 1, sizeOf('ROUNDS', 9) * 3);
  return { rows: [...burstRows(bursts), ...singleRows(singles)], notes: notes(followers, bursts, singles) };
}

/** One round of each in turn, beginning with another every time; the first ones warm up and do not count. */
async function interleaved(all: Map<SideName, FanOutSide>, count: number, rounds: number): Promise<Rounds> {
  const measured: Rounds = { daymark: [], ws: [], socketIo: [] };
  for (let round = -warmUps; round < rounds; round++) {
    const order = names.map((_, at) => names[(at + round + names.length * warmUps) % names.length] ?? 'ws');
    for (const name of order) {
      const served = await all.get(name)?.broadcast(count);
      if (served && round >= 0) measured[name].push(served);
      await pause(count > 1 ? 150 : 40);
    }
  }
  for (const name of names) progress(`${count} × ${sides[name].name}: ${line(measured[name])}`);
  return measured;
}

const line = (rounds: Served[]): string =>
  `${spread(spreadOf(rounds.map(({ ms }) => ms)), 1, ' ms')} server ${percent(median(rounds, 'serverBusy'))} load ${percent(median(rounds, 'loadBusy'))}`;

function burstRows(rounds: Rounds): Row[] {
  const rate = (name: SideName): number[] => rounds[name].map(({ deliveriesPerSecond }) => deliveriesPerSecond / 1_000);
  return rivalsOf(1.5, 2.2).map(({ rival, least }) => {
    const ratio = ratios(rate('daymark'), rate(rival));
    return row(
      `burst of ${burst}, thousand deliveries/s`,
      rate('daymark'),
      rival,
      rate(rival),
      ratio,
      `≥ ${least} ×`,
      ratio.median >= least,
    );
  });
}

function singleRows(rounds: Rounds): Row[] {
  const ms = (name: SideName): number[] => rounds[name].map((round) => round.ms);
  return rivalsOf(1, null).map(({ rival, least }) => {
    const ratio = ratios(ms('daymark'), ms(rival));
    const holds = least === null ? null : ratio.median <= least;
    return row(
      'a single change, ms until the last follower has it',
      ms('daymark'),
      rival,
      ms(rival),
      ratio,
      least === null ? '' : '≤ 1 ×',
      holds,
    );
  });
}

const rivalsOf = <A, B>(ws: A, socketIo: B) =>
  [
    { rival: 'ws', least: ws },
    { rival: 'socketIo', least: socketIo },
  ] as const;

function row(
  what: string,
  ours: number[],
  rival: SideName,
  theirs: number[],
  ratio: Spread,
  asked: string,
  holds: boolean | null,
): Row {
  return {
    what,
    ours: spread(spreadOf(ours), 1),
    rivals: `${sides[rival].name} ${spread(spreadOf(theirs), 1)}`,
    ratio: spread(ratio, 2),
    asked,
    holds,
  };
}

function notes(followers: number, bursts: Rounds, singles: Rounds): string[] {
  const busy = names.map(
    (name) =>
      `${sides[name].name} ${percent(median(bursts[name], 'serverBusy'))} / ${percent(median(bursts[name], 'loadBusy'))}`,
  );
  return [
    `${followers} followers, ${bursts.ws.length} bursts and ${singles.ws.length} single changes each, interleaved. Every delivery was counted and its seq checked: nothing lost, doubled or out of order.`,
    `Utilisation of the server’s core / of the load’s core during a burst: ${busy.join(', ')}. Daymark’s changes come out of its log (LiveLog and gateway as in production, the store in memory); the rivals are told to send.`,
  ];
}

const median = (rounds: Served[], key: 'serverBusy' | 'loadBusy'): number =>
  spreadOf(rounds.map((served) => served[key])).median;
