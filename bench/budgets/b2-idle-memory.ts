import { setTimeout as pause } from 'node:timers/promises';
import { withCleanup } from '../support/cleanup.ts';
import { FanOutSide, type SideName, sides } from '../support/fan-out-side.ts';
import { type Budget, type Measured, number, type Row } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { spreadOf } from '../support/statistics.ts';

const names: SideName[] = ['daymark', 'ws', 'socketIo'];
const mostKilobytes = 15;
/** These join first and do not count: what a server needs once is there afterwards. */
const first = 200;

/** B2: resident memory per follower who only listens. */
export const idleMemory: Budget = {
  name: 'B2',
  title: 'Memory per idle follower at 10,000',
  measure,
};

async function measure(): Promise<Measured> {
  const followers = sizeOf('IDLE_FOLLOWERS', 10_000);
  const rounds = sizeOf('MEMORY_ROUNDS', 2);
  const kilobytes: Record<SideName, number[]> = { daymark: [], ws: [], socketIo: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of names) kilobytes[name].push(await perFollower(name, followers));
  }
  for (const name of names)
    progress(`${sides[name].name}: ${kilobytes[name].map((one) => number(one, 1)).join(', ')} kB`);
  const ours = spreadOf(kilobytes.daymark).median;
  const rows = (['ws', 'socketIo'] as const).map((rival): Row => {
    const theirs = spreadOf(kilobytes[rival]).median;
    const isBudget = rival === 'ws';
    return {
      what: 'resident memory per idle follower, kB',
      ours: number(ours, 1),
      rivals: `${sides[rival].name} ${number(theirs, 1)}`,
      ratio: number(ours / theirs, 2),
      asked: isBudget ? `≤ ${mostKilobytes} kB` : '',
      holds: isBudget ? ours <= mostKilobytes : null,
    };
  });
  const notes = [
    `${number(followers)} followers, ${rounds} rounds each, after full collections; what the kernel holds for a connection is not in it.`,
  ];
  return { rows, notes };
}

const perFollower = (name: SideName, followers: number): Promise<number> =>
  withCleanup(async (cleanup) => {
    const side = new FanOutSide(name, cleanup);
    await side.listen();
    await side.connect(first);
    await side.broadcast(1);
    const before = await settled(side);
    await side.connect(followers);
    await side.broadcast(1);
    return ((await settled(side)) - before) / followers / 1_000;
  });

/** Some seconds after the last event: timers have fired once, promises and handshakes are gone. */
async function settled(side: FanOutSide): Promise<number> {
  await pause(3_000);
  return side.server.ask('residentBytes');
}
