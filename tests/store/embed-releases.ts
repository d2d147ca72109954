import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../server/store/place.ts';
import { type Spine, startSpine } from '../support/spine.ts';

/** What every store of pinned embeds keeps to. */
export function describeEmbedReleasesStore(name: string, place: () => Place): void {
  describe(`what pinned embeds load, on ${name}`, () => {
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: place() });
    });
    afterAll(() => spine.end());

    test('EMB15 files of all releases are kept, and none is written anew', async () => {
      const { embedReleases } = spine;
      expect(await embedReleases.read('a.js')).toBeNull();
      await embedReleases.keep(
        new Map([
          ['a.js', 'first'],
          ['b.js', 'ü “b”'],
        ]),
      );
      await embedReleases.keep(
        new Map([
          ['a.js', 'second'],
          ['c.js', 'c'],
        ]),
      );
      expect(await Promise.all(['a.js', 'b.js', 'c.js', 'd.js'].map((file) => embedReleases.read(file)))).toEqual([
        'first',
        'ü “b”',
        'c',
        null,
      ]);
    });
  });
}
