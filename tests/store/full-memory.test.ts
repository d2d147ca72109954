import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { StoreUnavailable } from '../../server/store/store.ts';
import { admin, development, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { startRedis, type TestRedis } from '../support/test-redis.ts';

describe('a store whose memory is full', () => {
  let redis: TestRedis;
  let spine: Spine;
  beforeEach(async () => {
    redis = await startRedis();
    spine = await startSpine({ url: redis.url });
  });
  afterEach(async () => {
    await spine.end();
    await redis.end();
  });

  test('COMMIT22 writes are refused whole as unavailable, and every read goes on', async () => {
    const { desk, store, live } = spine;
    expectOk(await desk.createTimeline(admin, gaza));
    const once = { key: 'first', fingerprint: 'f' };
    const { update } = expectOk(await desk.publish(admin, 'gaza', development(), once));
    await fillMemory();
    await expect(desk.publish(admin, 'gaza', development({ headline: 'Too much' }))).rejects.toThrow(StoreUnavailable);
    await expect(desk.remove(admin, 'gaza', update.id, 'reason')).rejects.toThrow(StoreUnavailable);

    const head = live.timeline('gaza')?.position;
    expect((await store.timeline('gaza'))?.position).toEqual(head);
    expect((await store.day('gaza', update.date)).updates).toEqual([update]);
    expect(await store.update('gaza', update.id)).toMatchObject({ update });
    expect(await store.extent('gaza')).toMatchObject({ updates: 1, lastDate: update.date });
    expect(await store.trail('gaza', update.id)).toHaveLength(1);
    expect(await store.firstAnswer('gaza', admin.id, 'first')).toMatchObject({ id: update.id, update });
    expect(expectOk(await desk.publish(admin, 'gaza', development(), once))).toMatchObject({ replayed: true });
  });

  async function fillMemory(): Promise<void> {
    const control = new Redis(redis.url.replace('unix://', ''));
    await control.config('SET', 'maxmemory', 1);
    control.disconnect();
  }
});
