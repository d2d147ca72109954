import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../server/store/place.ts';
import type { StoredSubscription } from '../../server/store/push-store.ts';
import { admin, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';

const subscription = (n: number): StoredSubscription => ({
  endpoint: `https://push.example.org/${n}`,
  keys: { p256dh: 'p', auth: 'a' },
  language: 'ar',
  timeZone: 'Asia/Gaza',
  quiet: null,
  since: `e:${n}`,
});

/** What every place of a store must give those who send notifications. */
export function describePushStore(name: string, placeOf: () => Place): void {
  describe(`who is sent notifications, on ${name}`, () => {
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: placeOf() });
      expectOk(await spine.desk.createTimeline(admin, gaza));
    });
    afterAll(() => spine.end());

    test('PUSH6 one pair of keys is made, whoever asks first', async () => {
      const make = (text: string) => () => ({ publicKey: text, privateKey: text });
      const keys = await Promise.all(['a', 'b', 'c'].map((text) => spine.push.vapidKeys(make(text))));
      expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
      expect(await spine.push.vapidKeys(make('d'))).toEqual(keys[0]);
    });

    test('PUSH1 each subscription stands once, is found, and goes; telling begins where the first asked', async () => {
      const { push } = spine;
      expect(await push.position('gaza')).toBeNull();
      for (let n = 0; n < 500; n++) await push.subscribe('gaza', `s${n % 450}`, subscription(n));
      expect(await push.position('gaza')).toBe('e:0');
      expect(await push.count('gaza')).toBe(450);
      const found = new Map<string, StoredSubscription>();
      let cursor = '0';
      do {
        const page = await push.subscriptions('gaza', cursor);
        for (const { id, subscription: one } of page.found) found.set(id, one);
        ({ cursor } = page);
      } while (cursor !== '0');
      expect(found.size).toBe(450);
      expect(found.get('s3')).toEqual(subscription(453));
      expect([await push.unsubscribe('gaza', 's3'), await push.unsubscribe('gaza', 's3')]).toEqual([true, false]);
      expect([await push.isSubscribed('gaza', 's3'), await push.isSubscribed('gaza', 's4')]).toEqual([false, true]);
    });

    test('PUSH4 what was told of an update is known until it is taken back', async () => {
      const { push } = spine;
      await push.noteTold('gaza', 'u1', { seq: 3, words: 'w' });
      await push.moveTo('gaza', 'e:3');
      expect([await push.told('gaza', 'u1'), await push.told('gaza', 'u2')]).toEqual([{ seq: 3, words: 'w' }, null]);
      await push.noteTold('gaza', 'u1', null);
      expect([await push.told('gaza', 'u1'), await push.position('gaza')]).toEqual([null, 'e:3']);
    });
  });
}
