import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../server/store/place.ts';
import { limits } from '../../shared/limits.ts';
import { admin, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';

const dayMs = 86_400_000;

/** What every store of the sites that show timelines keeps to. */
export function describeEmbedHostsStore(name: string, place: () => Place): void {
  describe(`sites that show a timeline, on ${name}`, () => {
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: place() });
    });
    afterAll(() => spine.end());

    test('EMB13 loads add up, the most first; each timeline has its own', async () => {
      const { embedHosts } = spine;
      await embedHosts.add(
        'a',
        new Map([
          ['x.example', 2],
          ['y.example', 5],
        ]),
        1_000,
      );
      await embedHosts.add('a', new Map([['x.example', 4]]), 2_000);
      await embedHosts.add('b', new Map([['z.example:8080', 1]]), 3_000);
      expect(await embedHosts.list('a', 3_000)).toEqual([
        { host: 'x.example', loads: 6, lastAt: 2_000 },
        { host: 'y.example', loads: 5, lastAt: 1_000 },
      ]);
      expect(await embedHosts.list('b', 3_000)).toEqual([{ host: 'z.example:8080', loads: 1, lastAt: 3_000 }]);
      expect(await embedHosts.list('c', 3_000)).toEqual([]);
    });

    test('EMB13 what has not shown it for long is forgotten, and who is there least where they are too many', async () => {
      const { embedHosts } = spine;
      const many = new Map(Array.from({ length: limits.embedHostsKept + 20 }, (_, n) => [`s${n}.example`, n + 1]));
      await embedHosts.add('d', many, 0);
      const kept = await embedHosts.list('d', 0);
      expect([kept.length, kept.at(-1)?.loads]).toEqual([limits.embedHostsKept, 21]);
      const later = (limits.embedHostDays + 1) * dayMs;
      expect(await embedHosts.list('d', later)).toEqual([]);
      await embedHosts.add('d', new Map([['new.example', 1]]), later);
      expect((await embedHosts.list('d', later)).map(({ host }) => host)).toEqual(['new.example']);
    });

    test('EMB13 a timeline that is deleted leaves none', async () => {
      const { embedHosts, desk, store } = spine;
      expectOk(await desk.createTimeline(admin, gaza));
      await embedHosts.add('gaza', new Map([['x.example', 1]]), 1_000);
      const audit = {
        at: new Date(0).toISOString(),
        actor: admin.id,
        action: 'sample.remove',
        target: 'gaza',
        reason: null,
      };
      await store.deleteTimeline('gaza', audit);
      expect(await embedHosts.list('gaza', 1_000)).toEqual([]);
    });
  });
}
