import type { FollowersHandlers } from '../load/followers.ts';
import { newUpdates } from '../support/changes.ts';
import { withCleanup } from '../support/cleanup.ts';
import { monotonicMs } from '../support/clock.ts';
import { Daymark } from '../support/daymark.ts';
import { FanOutSide } from '../support/fan-out-side.ts';
import { Helper } from '../support/helper.ts';
import { commandsBeyondIdle } from '../support/redis.ts';
import { type Budget, type Measured, number, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { type Stage, setStage, stageDate } from '../support/stage.ts';
import { ratios, spreadOf } from '../support/statistics.ts';

const missed = 20;
const most = 2;

/** B8: everybody comes back at once after a kill, each with a position that is a little old. */
export const reconnectStorm: Budget = {
  name: 'B8',
  title: 'Reconnect storm of 10,000 after a kill',
  measure,
  onlyByName: true,
};

interface Storm {
  ms: number;
  redisCommands: number;
  publishMs: number;
}

async function measure(): Promise<Measured> {
  const followers = sizeOf('STORM', 10_000);
  const ours: Storm[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < sizeOf('ROUNDS', 3); round++) {
    ours.push(await daymarkStorm(followers));
    theirs.push(await plainStorm(followers));
    progress(`round ${round}: Daymark ${number(ours.at(-1)?.ms ?? 0)} ms, socket.io ${number(theirs.at(-1) ?? 0)} ms`);
  }
  const times = ours.map(({ ms }) => ms);
  const ratio = ratios(times, theirs);
  const commands = Math.max(...ours.map(({ redisCommands }) => redisCommands));
  const rows: Row[] = [
    {
      what: `${number(followers)} back at once, each caught up with ${missed} changes, ms`,
      ours: spread(spreadOf(times)),
      rivals: `socket.io, accepting alone ${spread(spreadOf(theirs))}`,
      ratio: spread(ratio, 2),
      asked: `≤ ${most} ×`,
      holds: ratio.median <= most,
    },
    {
      what: 'commands to Redis during the storm, beyond those of an idle node',
      ours: number(commands),
      rivals: '',
      ratio: `${number(commands / followers, 3)} per follower`,
      asked: 'none per follower',
      holds: commands < followers / 50,
    },
    {
      what: 'longest write during the storm, ms',
      ours: number(Math.max(...ours.map(({ publishMs }) => publishMs))),
      rivals: '',
      ratio: '',
      asked: '',
      holds: null,
    },
  ];
  return {
    rows,
    notes: [
      `${sizeOf('ROUNDS', 3)} rounds each, new servers for each. Daymark is killed with SIGKILL and started again on the same Redis; the storm begins when it is ready.`,
    ],
  };
}

const daymarkStorm = (followers: number): Promise<Storm> =>
  withCleanup(async (cleanup) => {
    const stage = await setStage(cleanup);
    const since = await position(stage);
    for (const update of newUpdates(stageDate, missed, 900, 21)) await stage.daymark.publish('bench', update);
    await stage.daymark.end('SIGKILL');
    const daymark = await Daymark.start(stage.redisUrl, cleanup);
    const load = cleanup.add(new Helper<FollowersHandlers>('load', 'load/followers'), (one) => one.end());
    const dialect = { kind: 'socket.io' as const, follow: { timeline: 'bench', since } };
    await load.ask('watch', { changes: 0 });
    let storm = { ms: 0, publishMs: 0 };
    const redisCommands = await commandsBeyondIdle(stage.redisUrl, async () => {
      const back = load.ask('connect', { port: daymark.port, dialect, count: followers, atOnce: followers });
      const publishMs = await timeOf(() =>
        daymark.publish('bench', newUpdates(stageDate, 1, 900, 22)[0] ?? { occurredAt: stageDate }),
      );
      const { ms, faults } = await back;
      if (Object.keys(faults).length > 0) throw new Error(JSON.stringify(faults));
      const { delivered } = await load.ask('arrived', { withinMs: 1_000 });
      if (delivered < followers * missed) throw new Error(`only ${delivered} changes were caught up`);
      storm = { ms, publishMs };
    });
    return { ...storm, redisCommands };
  });

const plainStorm = (followers: number): Promise<number> =>
  withCleanup(async (cleanup) => {
    const side = new FanOutSide('socketIo', cleanup);
    await side.listen();
    return side.connect(followers, followers);
  });

async function position({ daymark }: Stage): Promise<string> {
  const timeline = (await (await fetch(`${daymark.origin}/api/v1/timelines/bench`)).json()) as { position: string };
  return timeline.position;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = monotonicMs();
  await work();
  return monotonicMs() - start;
}
