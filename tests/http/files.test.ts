import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Store, StoreUnavailable } from '../../server/store/store.ts';
import { admin, development, editor, expectOk, gaza, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { get } from './raw.ts';
import { api, openSite, startSite } from './support.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('files of the build', () => {
  test('HTTP71 they are served for ever, compressed, and nothing beside them is', async () => {
    const folder = temporaryFolder();
    ends.push(folder.remove);
    mkdirSync(join(folder.path, 'assets'));
    writeFileSync(join(folder.path, 'assets', 'reader-Ab1_-x.js'), 'export {};\n'.repeat(100));
    writeFileSync(join(folder.path, 'manifest.json'), '{}');
    const site = await startSite({ publicFolder: folder.path });
    ends.push(() => site.end());
    for (let round = 0; round < 2; round++) {
      const { status, headers } = await get(site.url, '/assets/reader-Ab1_-x.js', { 'Accept-Encoding': 'br' });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
      });
    }
    for (const path of ['/assets/..%2fmanifest.json', '/assets/', '/assets', '/manifest.json']) {
      expect([path, (await get(site.url, path)).status]).not.toEqual([path, 200]);
    }
  });
});

describe('an export that fails in the middle', () => {
  test.each(['identity', 'gzip'])(
    'HTTP61 is cut off, so that nobody takes half of it for the whole (%s)',
    async (encoding) => {
      const spine = await startSpine();
      expectOk(await spine.desk.createTimeline(admin, gaza));
      for (const occurredAt of ['2024-02-06', '2024-02-07']) {
        expectOk(await spine.desk.publish(editor, 'gaza', development({ occurredAt })));
      }
      const site = await openSite(spine, { store: failingAt(spine.store, '2024-02-07') });
      ends.push(() => site.end());
      await expect(get(site.url, `${api}/gaza/export.ndjson`, { 'Accept-Encoding': encoding })).rejects.toThrow();
    },
  );
});

/** A store that goes away when one day is read. */
function failingAt(store: Store, date: string): Store {
  const day: Store['day'] = async (slug, asked) => {
    if (asked === date) throw new StoreUnavailable('away');
    return store.day(slug, asked);
  };
  return new Proxy(store, {
    get: (target, name: keyof Store) => (name === 'day' ? day : (target[name] as () => unknown).bind(target)),
  });
}
