import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { LiveLog } from '../../server/live/live-log.ts';
import { connect, connectSubscriber, reached } from '../../server/store/connection.ts';
import { RedisStore } from '../../server/store/redis-store.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import type { Change } from '../../shared/change.ts';
import { limits } from '../../shared/limits.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';
import { freshPrefix, sharedRedisUrl, startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function spine(options: Parameters<typeof startSpine>[0]): Promise<Spine> {
  const started = await startSpine(options);
  ends.push(started.end);
  return started;
}

/** Hears no bell. */
class DeafStore extends RedisStore {
  override watch(): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }
}

/** Keeps who asks for changes waiting while `stuck`, until it `gives up`. */
class StuckStore extends RedisStore {
  stuck = false;
  asked = 0;
  givesUp = (): void => undefined;

  override changes(...question: Parameters<RedisStore['changes']>): ReturnType<RedisStore['changes']> {
    if (!this.stuck) return super.changes(...question);
    this.asked += 1;
    return new Promise((_, reject) => {
      this.givesUp = () => reject(new StoreUnavailable('frozen'));
    });
  }
}

/** Lets a look at all logs wait for its answer. */
class SlowStore extends RedisStore {
  answers = (): void => undefined;
  isSlow = false;

  override timelineSlugs(): ReturnType<RedisStore['timelineSlugs']> {
    if (!this.isSlow) return super.timelineSlugs();
    return new Promise((resolve) => {
      this.answers = () => resolve([]);
    });
  }
}

/** Counts who asks for changes. */
class CountingStore extends RedisStore {
  asked = 0;

  override changes(...question: Parameters<RedisStore['changes']>): ReturnType<RedisStore['changes']> {
    this.asked += 1;
    return super.changes(...question);
  }
}

/** Two nodes on one store, with a timeline that both follow, and what the second is told. */
async function twoNodes(patienceMs?: number) {
  const options = { prefix: freshPrefix(), ...(patienceMs !== undefined && { patienceMs }) };
  const a = await spine(options);
  const b = await spine(options);
  expectOk(await a.desk.createTimeline(admin, gaza));
  await waitFor(() => b.live.timeline('gaza'), 'the other node to know the timeline');
  const told: Change[] = [];
  b.live.onChange((_slug, change) => told.push(change));
  return { a, b, told, epoch: b.live.timeline('gaza')?.position.epoch ?? '' };
}

const post = async ({ desk }: Spine, headline = 'x') =>
  expectOk(await desk.publish(editor, 'gaza', development({ headline }))).update;

describe('the followed log', () => {
  test('LOG4 each change reaches every node once and in order, whoever wrote it', async () => {
    const { a, b, told } = await twoNodes();
    await Promise.all(Array.from({ length: 60 }, (_, i) => post(i % 2 ? a : b)));
    await waitFor(() => told.length >= 60, 'all changes');
    expect(told.map((change) => change.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  test('LOG5 memory and store give the same changes from every position, also after a takedown', async () => {
    const { a, b, told, epoch } = await twoNodes();
    const first = await post(a, 'secret');
    for (let i = 0; i < 5; i++) await post(a);
    expectOk(await a.desk.remove(editor, 'gaza', first.id, 'court'));
    await waitFor(() => told.length >= 7, 'all changes');
    for (let seq = 0; seq <= 7; seq++) {
      const stored = await a.store.changes('gaza', { epoch, seq }, limits.changesPerAnswer);
      expect(b.live.tail('gaza', { epoch, seq })).toEqual(stored.reset ? null : stored.changes);
      expect(await b.live.since('gaza', { epoch, seq }, limits.changesPerAnswer)).toEqual(stored);
    }
    expect(JSON.stringify(b.live.tail('gaza', { epoch, seq: 0 }))).not.toContain('secret');
  });

  test('LOG1 a node denies what it can’t prove', async () => {
    const { a, b, told, epoch } = await twoNodes();
    await post(a);
    await waitFor(() => told.length === 1, 'the change');
    expect(b.live.tail('gaza', { epoch: 'other', seq: 0 })).toBe('reset');
    expect(b.live.tail('gaza', { epoch, seq: 2 })).toBe('reset');
    expect(b.live.tail('nowhere', { epoch, seq: 0 })).toBe('reset');
    const late = await spine({ ...a, prefix: freshPrefix() });
    expect(late.live.timeline('gaza')).toBeNull();
  });

  test('LOG4 a node that starts later knows the head, and reads what lies before it from the store', async () => {
    const prefix = freshPrefix();
    const a = await spine({ prefix });
    expectOk(await a.desk.createTimeline(admin, gaza));
    for (let i = 0; i < 4; i++) await post(a);
    const b = await spine({ prefix });
    const position = b.live.timeline('gaza')?.position ?? { epoch: '', seq: -1 };
    expect(position.seq).toBe(4);
    expect(b.live.tail('gaza', { ...position, seq: 1 })).toBe('not-in-memory');
    const since = await b.live.since('gaza', { ...position, seq: 1 }, 1000);
    expect(since.reset ? [] : since.changes.map((change) => change.seq)).toEqual([2, 3, 4]);
  });

  test('LOG6 a node whose store was away follows on from where it stood', async () => {
    const redis = await startRedis(['--appendonly', 'yes']);
    ends.push(() => redis.end());
    const watching = await spine({ url: redis.url, prefix: 'p' });
    const writing = await spine({ url: redis.url, prefix: 'p' });
    expectOk(await writing.desk.createTimeline(admin, gaza));
    await waitFor(() => watching.live.timeline('gaza'), 'the timeline');
    const seqs: number[] = [];
    watching.live.onChange((_slug, change) => seqs.push(change.seq));
    await post(writing);
    redis.process.kill('SIGSTOP');
    await waitFor(() => !watching.live.connected, 'the node to notice');
    redis.process.kill('SIGCONT');
    await waitFor(async () => (await post(writing)).id, 'a write after the outage');
    await post(writing);
    const head = writing.live.timeline('gaza')?.position.seq ?? 0;
    await waitFor(() => seqs.length >= head, 'the rest');
    expect(seqs).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  });

  test('LOG12 who is stopped in the middle of a look looks no more', async () => {
    const url = sharedRedisUrl();
    const [commands, subscriber] = [connect(url, silent), connectSubscriber(url, silent)];
    await reached(commands, 10_000);
    const store = new SlowStore(commands, subscriber, { prefix: freshPrefix() });
    ends.push(() => store.close());
    const live = new LiveLog(store, silent);
    const timers = jest.spyOn(globalThis, 'setTimeout');
    try {
      await live.start();
      const isLook = ([, ms]: Parameters<typeof setTimeout>): boolean => ms === 1_879;
      const [look] = timers.mock.calls.find(isLook) ?? [];
      store.isSlow = true;
      look?.();
      await live.stop();
      timers.mockClear();
      store.answers();
      await new Promise((resolve) => setImmediate(resolve));
      expect(timers.mock.calls.filter(isLook)).toEqual([]);
    } finally {
      timers.mockRestore();
    }
  });

  test('LOG6 who asks while a look is waiting for a frozen store waits for that one, not for another after it', async () => {
    const prefix = freshPrefix();
    const { desk } = await spine({ prefix });
    expectOk(await desk.createTimeline(admin, gaza));
    const store = new StuckStore(connect(sharedRedisUrl(), silent), connectSubscriber(sharedRedisUrl(), silent), {
      prefix,
    });
    ends.push(() => store.close());
    const live = new LiveLog(store, silent);
    await waitFor(() => live.refresh('gaza').then(() => live.timeline('gaza')), 'the timeline');
    store.stuck = true;
    const waiting = [live.refresh('gaza'), live.refresh('gaza'), live.refresh('gaza')];
    store.givesUp();
    for (const look of await Promise.allSettled(waiting)) expect(look).toMatchObject({ status: 'rejected' });
    expect(store.asked).toBe(1);
    store.stuck = false;
    await live.refresh('gaza');
  });

  test('LOG7 another epoch makes the node’s followers start over', async () => {
    const redis = await startRedis();
    ends.push(() => redis.end());
    const prefix = 'p';
    const a = await spine({ url: redis.url, prefix });
    expectOk(await a.desk.createTimeline(admin, gaza));
    const resets: string[] = [];
    a.live.onReset((slug) => resets.push(slug));
    const raw = connect(redis.url, silent);
    ends.push(async () => raw.disconnect());
    await reached(raw, 5_000);
    await raw.hset('p:{gaza}:timeline', 'epoch', 'other1');
    await a.live.refresh('gaza');
    expect(resets).toEqual(['gaza']);
    expect(a.live.timeline('gaza')?.position.epoch).toBe('other1');
    await raw.del('p:{gaza}:timeline');
    await a.live.refresh('gaza');
    expect(a.live.timeline('gaza')).toBeNull();
  });

  test('LOG3 a lost bell only costs time', async () => {
    const prefix = freshPrefix();
    const a = await spine({ prefix });
    expectOk(await a.desk.createTimeline(admin, gaza));
    const redis = connect(sharedRedisUrl(), silent);
    await reached(redis, 5_000);
    const store = new DeafStore(redis, connectSubscriber(sharedRedisUrl(), silent), { prefix });
    ends.push(() => store.close());
    const live = new LiveLog(store, silent);
    await live.start();
    ends.push(() => live.stop());
    await post(a);
    await waitFor(() => live.timeline('gaza')?.position.seq === 1, 'the slow look');
  });

  test('LOG9 once a write is acknowledged, every other node shows it too', async () => {
    // However busy the machine is: what is shown here is that a write waits, not for how long at the most.
    const { a, b } = await twoNodes(60_000);
    await post(a);
    for (let i = 0; i < 30; i++) {
      const writer = i % 2 ? a : b;
      await post(writer);
      const seqs = [a, b].map((node) => node.live.timeline('gaza')?.position.seq);
      expect(seqs).toEqual([i + 2, i + 2]);
    }
  });

  test('LOG9 a write that a look under way brings along waits for no other look', async () => {
    const prefix = freshPrefix();
    const writing = await spine({ prefix });
    expectOk(await writing.desk.createTimeline(admin, gaza));
    const store = new CountingStore(connect(sharedRedisUrl(), silent), connectSubscriber(sharedRedisUrl(), silent), {
      prefix,
    });
    ends.push(() => store.close());
    const live = new LiveLog(store, silent);
    await waitFor(() => live.refresh('gaza').then(() => live.timeline('gaza')), 'the timeline');
    store.asked = 0;
    await post(writing);
    const written = writing.live.timeline('gaza')?.position;
    if (!written) throw new Error('nothing was written');
    await Promise.all([live.refresh('gaza'), live.reach('gaza', written)]);
    expect(store.asked).toBe(1);
    expect(live.timeline('gaza')?.position).toEqual(written);
  });

  test('LOG9 a node that has gone holds no write up for ever', async () => {
    const { a, b } = await twoNodes();
    await b.live.stop();
    expect((await post(a)).revision).toBe(1);
  });
});
