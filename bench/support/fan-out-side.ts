import type { Dialect } from '../load/follower.ts';
import type { FollowersHandlers } from '../load/followers.ts';
import type { FanOutHandlers } from '../rivals/fan-out.ts';
import type { Cleanup } from './cleanup.ts';
import { Helper } from './helper.ts';
import { utilisation } from './questions.ts';

/** What one broadcast took. Times in ms from its beginning; utilisations 0–1 until the last follower was served. */
export interface Served {
  ms: number;
  deliveriesPerSecond: number;
  /** Of the server’s processor: hardly changes when the machine has other work too. */
  microsPerDelivery: number;
  serverBusy: number;
  loadBusy: number;
}

const socketIo: Dialect = { kind: 'socket.io', follow: null };
const follow: Dialect = { kind: 'socket.io', follow: { timeline: 'bench' } };

/** Everybody who takes part, with the script that serves them and how their followers join. */
export const sides = {
  daymark: { name: 'Daymark', script: 'rivals/daymark-live', dialect: follow },
  ws: { name: 'ws', script: 'rivals/ws', dialect: { kind: 'bare' } as Dialect },
  socketIo: { name: 'socket.io', script: 'rivals/socket-io', dialect: socketIo },
} as const;
export type SideName = keyof typeof sides;

/** One that broadcasts to its followers and is measured by it. */
export interface Contestant {
  readonly name: string;
  /** Lets followers join; ms until all are in. */
  connect(count: number): Promise<number>;
  /** One broadcast of `count` changes to all followers. Throws where one was lost, doubled or out of order. */
  broadcast(count: number): Promise<Served>;
}

/** A fan-out server on its core and its followers on theirs. */
export class FanOutSide implements Contestant {
  readonly name: string;
  readonly server: Helper<FanOutHandlers>;
  readonly load: Helper<FollowersHandlers>;
  readonly #side: SideName;
  #port = 0;
  #followers = 0;

  constructor(name: SideName, cleanup: Cleanup) {
    this.#side = name;
    const { script } = sides[name];
    this.name = sides[name].name;
    this.server = cleanup.add(new Helper<FanOutHandlers>('server', script, ['--expose-gc']), (helper) => helper.end());
    this.load = cleanup.add(new Helper<FollowersHandlers>('load', 'load/followers'), (helper) => helper.end());
  }

  async listen(): Promise<void> {
    this.#port = await this.server.ask('listen');
  }

  async connect(count: number, atOnce = 100): Promise<number> {
    const { dialect } = sides[this.#side];
    const { ms, faults } = await this.load.ask('connect', { port: this.#port, dialect, count, atOnce });
    this.#refuse(faults);
    this.#followers += count;
    return ms;
  }

  async broadcast(count: number): Promise<Served> {
    await this.load.ask('watch', { changes: count });
    const { startMs, before: serverBefore } = await this.server.ask('send', { count });
    const { lastMs, missing, before, after, faults } = await this.load.ask('arrived', { withinMs: 60_000 });
    const serverAfter = await this.server.ask('usage');
    this.#refuse(faults);
    if (missing > 0) throw new Error(`${this.name}: ${missing} deliveries are missing`);
    const ms = lastMs - startMs;
    return {
      ms,
      deliveriesPerSecond: (count * this.#followers) / (ms / 1_000),
      microsPerDelivery: (serverAfter.cpuMicros - serverBefore.cpuMicros) / (count * this.#followers),
      serverBusy: utilisation(serverBefore, serverAfter),
      loadBusy: utilisation(before, after),
    };
  }

  #refuse(faults: Record<string, number>): void {
    const found = Object.entries(faults);
    if (found.length > 0) throw new Error(`${this.name}: ${JSON.stringify(found)}`);
  }
}
