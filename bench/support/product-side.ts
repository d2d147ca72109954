import type { FollowersHandlers } from '../load/followers.ts';
import { newUpdates } from './changes.ts';
import type { Cleanup } from './cleanup.ts';
import { monotonicMs } from './clock.ts';
import type { Contestant, Served } from './fan-out-side.ts';
import { Helper } from './helper.ts';
import { utilisation } from './questions.ts';
import { type Stage, setStage, stageDate } from './stage.ts';

/**
 * The whole product under the same load: changes are posts over HTTP, all sent at once, each with its checks and an
 * fsynced commit. The time begins with the first request, so that it holds work that no rival does.
 */
export class ProductSide implements Contestant {
  readonly name = 'Daymark, posts included';
  readonly #stage: Stage;
  readonly #load: Helper<FollowersHandlers>;
  #followers = 0;
  #posts = 0;

  private constructor(stage: Stage, load: Helper<FollowersHandlers>) {
    this.#stage = stage;
    this.#load = load;
  }

  static async start(cleanup: Cleanup): Promise<ProductSide> {
    const load = cleanup.add(new Helper<FollowersHandlers>('load', 'load/followers'), (helper) => helper.end());
    return new ProductSide(await setStage(cleanup), load);
  }

  async connect(count: number): Promise<number> {
    const dialect = { kind: 'socket.io' as const, follow: { timeline: 'bench' } };
    const { ms, faults } = await this.#load.ask('connect', {
      port: this.#stage.daymark.port,
      dialect,
      count,
      atOnce: 100,
    });
    this.#refuse(faults);
    this.#followers += count;
    return ms;
  }

  async broadcast(count: number): Promise<Served> {
    const { daymark } = this.#stage;
    const updates = newUpdates(stageDate, count, 330, 1_000 + this.#posts++);
    await this.#load.ask('watch', { changes: count });
    const serverBefore = daymark.usage();
    const startMs = monotonicMs();
    await Promise.all(updates.map((update) => daymark.publish('bench', update)));
    const { lastMs, missing, before, after, faults } = await this.#load.ask('arrived', { withinMs: 60_000 });
    this.#refuse(faults);
    if (missing > 0) throw new Error(`${missing} deliveries are missing`);
    const ms = lastMs - startMs;
    const serverAfter = daymark.usage();
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
