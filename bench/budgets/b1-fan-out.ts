import { setTimeout as pause } from 'node:timers/promises';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { type Contestant, FanOutSide, type Served, type SideName } from '../support/fan-out-side.ts';
import { ProductSide } from '../support/product-side.ts';
import { QuietRounds } from '../support/quiet.ts';
import { type Budget, type Measured, percent, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { ratios, spreadOf } from '../support/statistics.ts';

const names: SideName[] = ['daymark', 'ws', 'socketIo'];
const burst = 20;
const warmUps = 3;

/** By the contestant’s name. */
type Rounds = Map<string, Served[]>;

/** B1: changes of 1.2 kB to 5,000 followers, the server on one core. */
export const fanOut: Budget = {
  name: 'B1',
  title: 'Fan-out of 1.2 kB changes to 5,000 followers, one core for the server',
  measure: () => withCleanup(measure),
};

async function measure(cleanup: Cleanup): Promise<Measured> {
  const followers = sizeOf('FOLLOWERS', 5_000);
  const all = await contestants(cleanup);
  for (const one of all) {
    progress(`${one.name}: ${followers} followers joined in ${Math.round(await one.connect(followers))} ms`);
  }
  const quiet = new QuietRounds();
  const bursts = await interleaved(all, burst, sizeOf('ROUNDS', 9), quiet);
  const singles = await interleaved(all, 1, sizeOf('ROUNDS', 9) * 3, quiet);
  const rows = [
    ...burstRows(bursts),
    ...singleRows(singles),
    processorRow('burst', bursts),
    processorRow('single', singles),
  ];
  return { rows, notes: [...notes(followers, bursts, singles), String(quiet)] };
}

async function contestants(cleanup: Cleanup): Promise<Contestant[]> {
  const sides = names.map((name) => new FanOutSide(name, cleanup));
  await Promise.all(sides.map((side) => side.listen()));
  return [...sides, await ProductSide.start(cleanup)];
}

/** One round of each in turn, beginning with another every time; the first ones warm up and do not count. */
async function interleaved(
  all: readonly Contestant[],
  count: number,
  rounds: number,
  quiet: QuietRounds,
): Promise<Rounds> {
  const measured: Rounds = new Map(all.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const one = all[(round + warmUps + turn) % all.length];
      const served = one && (await quiet.run(() => one.broadcast(count)));
      if (one && served && round >= 0) measured.get(one.name)?.push(served);
      await pause(count > 1 ? 150 : 40);
    }
  }
  for (const [name, served] of measured) progress(`${count} × ${name}: ${line(served)}`);
  return measured;
}

const line = (rounds: Served[]): string =>
  `${spread(spreadOf(rounds.map(({ ms }) => ms)), 1, ' ms')} server ${percent(median(rounds, 'serverBusy'))} load ${percent(median(rounds, 'loadBusy'))}`;

interface Comparison {
  ours: string;
  rival: string;
  /** The ratio asked for, ours to the rival’s; null where this only informs. */
  asked: number | null;
}

function burstRows(rounds: Rounds): Row[] {
  const rate = (name: string): number[] => (rounds.get(name) ?? []).map((one) => one.deliveriesPerSecond / 1_000);
  const compared: Comparison[] = [
    { ours: 'Daymark', rival: 'ws', asked: 1.5 },
    { ours: 'Daymark', rival: 'socket.io', asked: 2.2 },
    { ours: 'Daymark, posts included', rival: 'ws', asked: 1.5 },
    { ours: 'Daymark, posts included', rival: 'socket.io', asked: 2.2 },
  ];
  return compared.map((one) => row(`burst of ${burst}, thousand deliveries/s`, one, rate, '≥'));
}

function singleRows(rounds: Rounds): Row[] {
  const ms = (name: string): number[] => (rounds.get(name) ?? []).map((one) => one.ms);
  const compared: Comparison[] = [
    { ours: 'Daymark', rival: 'ws', asked: 1 },
    { ours: 'Daymark', rival: 'socket.io', asked: null },
    { ours: 'Daymark, posts included', rival: 'ws', asked: null },
  ];
  return compared.map((one) => row('a single change, ms until the last follower has it', one, ms, '≤'));
}

function processorRow(what: string, rounds: Rounds): Row {
  const micros = (name: string): number[] => (rounds.get(name) ?? []).map((one) => one.microsPerDelivery);
  const compared = { ours: 'Daymark', rival: 'ws', asked: null };
  return row(`${what}: the server’s processor time per delivery, µs`, compared, micros, '≤');
}

function row(
  what: string,
  { ours, rival, asked }: Comparison,
  figures: (name: string) => number[],
  bound: '≥' | '≤',
): Row {
  const ratio = ratios(figures(ours), figures(rival));
  return {
    what: ours === 'Daymark' ? what : `${what}, from the first of the posts`,
    ours: spread(spreadOf(figures(ours)), 1),
    rivals: `${rival} ${spread(spreadOf(figures(rival)), 1)}`,
    ratio: spread(ratio, 2),
    asked: asked === null ? '' : `${bound} ${asked} ×`,
    holds: asked === null ? null : bound === '≥' ? ratio.median >= asked : ratio.median <= asked,
  };
}

function notes(followers: number, bursts: Rounds, singles: Rounds): string[] {
  const busy = [...bursts].map(
    ([name, served]) => `${name} ${percent(median(served, 'serverBusy'))} / ${percent(median(served, 'loadBusy'))}`,
  );
  return [
    `${followers} followers of each, ${bursts.get('ws')?.length} bursts and ${singles.get('ws')?.length} single changes, interleaved. Every delivery was counted and its seq checked: nothing lost, doubled or out of order.`,
    `“Daymark” is its live half (log, gateway, adapter as in production) over a log in memory, told of ${burst} changes at once as the rivals are. “From the first of the posts” is the whole product: ${burst} requests at once over HTTP, each checked, sanitised and fsynced, before anything can be delivered; the rivals have no such work.`,
    `Utilisation of the server’s core / of the load’s core during a burst: ${busy.join(', ')}.`,
  ];
}

const median = (rounds: Served[], key: 'serverBusy' | 'loadBusy'): number =>
  spreadOf(rounds.map((served) => served[key])).median;
