import { afterEach, describe, expect, test } from '@jest/globals';
import { Lease } from '../../../server/jobs/lease.ts';
import { Scheduler } from '../../../server/newsroom/scheduler.ts';
import {
  admin,
  development,
  editor,
  expectOk,
  gaza,
  type Spine,
  silent,
  startSpine,
  TestClock,
} from '../../support/spine.ts';
import { freshPrefix } from '../../support/test-redis.ts';
import { waitFor } from '../../support/wait-for.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const prefix = freshPrefix();
const clock = new TestClock();

async function node(): Promise<Spine> {
  const spine = await startSpine({ prefix, clock });
  ends.push(spine.end);
  return spine;
}

/** A node’s scheduler; `tried` are the ids that it tried to publish. */
function scheduler({ store, live, desk }: Spine) {
  const tried: string[] = [];
  const counted = {
    publishDue: (slug: string, id: string) => {
      tried.push(id);
      return desk.publishDue(slug, id);
    },
  };
  const one = new Scheduler({ store, live, desk: counted, clock: clock.now, log: silent });
  ends.push(() => one.stop());
  return { tried, start: () => one.start(), stop: () => one.stop() };
}

describe('a lease', () => {
  test('UPD14 one holder at a time; who is silent for too long by a steady clock is replaced', async () => {
    const { store } = await node();
    let elapsed = 5_000;
    const [a, b] = [new Lease(store, 'job', () => elapsed), new Lease(store, 'job', () => elapsed)];
    expect([await a.take(), await b.take(), await a.take()]).toEqual([true, false, true]);
    expect(await b.take()).toBe(false);
    elapsed += 999;
    expect(await b.take()).toBe(false);
    elapsed += 1;
    expect([await b.take(), await a.take(), await b.take()]).toEqual([true, false, true]);
  });

  test('UPD14 of two nodes one publishes all that falls due, and the other when that one is gone', async () => {
    const [a, b] = [await node(), await node()];
    expectOk(await a.desk.createTimeline(admin, gaza));
    await waitFor(() => b.live.timeline('gaza'), 'the timeline');
    const schedule = async (count: number) => {
      const publishAt = new Date(clock.ms + 60_000).toISOString();
      for (let i = 0; i < count; i++)
        expectOk(await a.desk.publish(editor, 'gaza', development({ publishAt, headline: `${i}` })));
      clock.ms += 60_000;
    };
    const published = (count: number) => waitFor(() => a.live.timeline('gaza')?.position.seq === count, 'publications');
    const nodes = [scheduler(a), scheduler(b)];
    await schedule(5);
    for (const one of nodes) one.start();
    await published(5);
    const [holder, other] = nodes[0]?.tried.length ? nodes : nodes.reverse();
    expect([holder?.tried.length, other?.tried.length]).toEqual([5, 0]);
    await holder?.stop();
    await schedule(3);
    await published(8);
    expect(other?.tried).toHaveLength(3);
  });
});
