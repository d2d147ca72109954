import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredWebhook } from '../../server/store/hooks-store.ts';
import type { Place } from '../../server/store/place.ts';
import { admin, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';

const webhook = (id: string): StoredWebhook => ({
  kind: 'webhook',
  id,
  name: 'Partner “x”',
  url: 'https://partner.example/hook?a=1',
  format: 'json',
  events: ['update.published'],
  keyOnly: false,
  recipient: null,
  createdAt: '2026-11-23T09:00:00.000Z',
  disabled: null,
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  token: null,
  origin: 'https://live.example.org',
  position: 'e:0',
  failures: 0,
  failingSince: null,
  nextAt: 0,
  deliveries: [],
  resend: [],
});

const entry = { at: '2026-11-23T09:00:00.000Z', actor: 'a', action: 'webhook.create', target: 'x', reason: null };

/** What every place of a store must give those who tell others outside. */
export function describeHooksStore(name: string, placeOf: () => Place): void {
  describe(`who is told outside, on ${name}`, () => {
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: placeOf() });
      expectOk(await spine.desk.createTimeline(admin, gaza));
    });
    afterAll(() => spine.end());

    test('HOOK9 of two that write over the same state one does it; the other has written nothing', async () => {
      const { hooks } = spine;
      const first = webhook('a');
      expect(await hooks.saveHook('gaza', null, first)).toBe(true);
      expect(await hooks.saveHook('gaza', null, first)).toBe(false);
      const versions = [await hooks.version('gaza')];
      const moved = { ...first, position: 'e:1' };
      const both = await Promise.all(
        [moved, { ...first, name: 'x' }].map((after) => hooks.saveHook('gaza', first, after)),
      );
      expect(both).toEqual([true, false]);
      expect(await hooks.hook('gaza', 'a')).toEqual(moved);
      versions.push(await hooks.version('gaza'));
      expect(await hooks.saveHook('gaza', first, null)).toBe(false);
      expect(await hooks.version('gaza')).toBe(versions[1]);
      expect(await hooks.saveHook('gaza', moved, null)).toBe(true);
      versions.push(await hooks.version('gaza'));
      expect(await hooks.hook('gaza', 'a')).toBeNull();
      expect(new Set(versions).size).toBe(3);
    });

    test('HOOK9 an entry of the audit log is written with the deed, or not at all', async () => {
      const { hooks, audit } = spine;
      const one = webhook('b');
      const deeds = async () =>
        (await audit.read({ timeline: 'gaza', kept: 'deeds' }, 0, 10)).map(({ action }) => action);
      await hooks.saveHook('gaza', null, one, entry);
      await hooks.saveHook('gaza', null, one, entry);
      expect(await deeds()).toEqual(['webhook.create', 'timeline.create']);
    });

    test('HOOK9 a timeline that is not there has none, and takes none', async () => {
      const { hooks } = spine;
      expect(await hooks.saveHook('nowhere', null, webhook('c'), entry)).toBe(false);
      expect([await hooks.hooks('nowhere'), await hooks.hook('nowhere', 'c')]).toEqual([[], null]);
      expect((await hooks.hooks('gaza')).map(({ id }) => id)).toEqual(['b']);
    });
  });
}
