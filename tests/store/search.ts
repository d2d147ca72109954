import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IndexKeeper } from '../../server/search/index-keeper.ts';
import { connectTo } from '../../server/store/connection.ts';
import type { Facets } from '../../server/store/facets.ts';
import { keysWith } from '../../server/store/keys.ts';
import type { Place as Where } from '../../server/store/place.ts';
import type { NewUpdate } from '../../shared/update.ts';
import {
  admin,
  development,
  editor,
  expectOk,
  gaza,
  reporter,
  type Spine,
  silent,
  startSpine,
} from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const everything = { beginnings: [], firstDay: 1, lastDay: 99_999, keyOnly: false };
const firstPage = { after: null, limit: 100 };

/** What every place of a store must do with its index of words. */
export function describeSearchStore(name: string, placeOf: () => Where): void {
  describe(`the index of words on ${name}`, () => {
    const prefix = freshPrefix();
    const keys = keysWith(prefix);
    let spine: Spine;
    let redis: ReturnType<typeof connectTo>;
    beforeAll(async () => {
      spine = await startSpine({ place: placeOf(), prefix });
      redis = connectTo(placeOf(), silent);
      await waitFor(() => redis.status === 'ready');
    });
    afterAll(async () => {
      redis.disconnect();
      await spine.end();
    });

    const create = async (slug: string) => expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
    const publish = async (slug: string, headline: string) =>
      expectOk(await spine.desk.publish(admin, slug, development({ headline, body: '' }))).update;
    const find = async (slug: string, ...words: string[]) => {
      const { hits, total } = await spine.search.find(
        slug,
        { ...everything, words: words.map((word) => [word]) },
        firstPage,
      );
      expect(total).toBe(hits.length);
      return hits.map(({ id }) => id);
    };
    const authorsAndWords = (slug: string) => redis.zrange(keys.of(slug).searchWords, '0', '-1');
    const wordsIn = async (slug: string) => (await authorsAndWords(slug)).filter((word) => !word.startsWith('@'));
    const keep = async () => {
      const keeper = new IndexKeeper({ store: spine.store, records: spine.records, search: spine.search, log: silent });
      keeper.start();
      const slugs = await spine.store.timelineSlugs();
      await waitFor(async () => {
        const states = await Promise.all(slugs.map((slug) => spine.search.state(slug)));
        return states.every((state) => state === 'whole');
      });
      await keeper.stop();
    };

    test('SRCH10 a takedown leaves no word behind that nobody else has used', async () => {
      await create('clean');
      const kept = await publish('clean', 'Shared words');
      const gone = await publish('clean', 'Shared secrets');
      expectOk(await spine.desk.revise(admin, 'clean', gone.id, 1, { headline: 'Shared rumours' }));
      expect(await wordsIn('clean')).toEqual(['rumours', 'shared', 'words']);
      expectOk(await spine.desk.remove(admin, 'clean', gone.id, 'legal'));
      expect(await wordsIn('clean')).toEqual(['shared', 'words']);
      expect(await find('clean', 'shared')).toEqual([kept.id]);
      expect(await redis.lrange(keys.of('clean').searchIds, 0, -1)).not.toContain(gone.id);
    });

    test('SRCH10 a word that thousands have used stays in order when some of them are gone', async () => {
      await create('common');
      const ids: string[] = [];
      for (let at = 0; at < 1_100; at += 100)
        ids.push(
          ...(await Promise.all(Array.from({ length: 100 }, () => publish('common', 'Again')))).map(({ id }) => id),
        );
      const gone = [...ids.slice(0, 3), ...ids.slice(500, 503), ...ids.slice(-2)];
      for (const id of gone) expectOk(await spine.desk.remove(admin, 'common', id, 'legal'));
      const found = await spine.search.find(
        'common',
        { ...everything, words: [['again']] },
        { after: null, limit: 2_000 },
      );
      expect(new Set(found.hits.map(({ id }) => id))).toEqual(new Set(ids.filter((id) => !gone.includes(id))));
      expect(found.total).toBe(1_092);
    });

    test('SRCH11 an index that is missing, incomplete or of another version is filled by itself after a start', async () => {
      await create('old');
      const [first, second] = [await publish('old', 'First ones'), await publish('old', 'Second ones')];
      const { timeline } = keys.of('old');
      expect(await spine.search.state('old')).toBe('whole');
      await spine.search.dropIndex('old');
      expect([await spine.search.state('old'), await find('old', 'ones')]).toEqual(['incomplete', []]);
      await keep();
      expect((await find('old', 'ones')).sort()).toEqual([first.id, second.id].sort());
      await redis.hset(timeline, 'search', '0');
      expect(await spine.search.state('old')).toBe('wrong');
      await keep();
      const third = await publish('old', 'Third ones');
      expect((await find('old', 'ones')).sort()).toEqual([first.id, second.id, third.id].sort());
      expectOk(await spine.desk.remove(admin, 'old', first.id, 'legal'));
      expect((await find('old', 'ones')).sort()).toEqual([second.id, third.id].sort());
    });

    test('SRCH11 what has moved on since it was read is left to the commit that moved it', async () => {
      await create('moving');
      const update = await publish('moving', 'As it was');
      const asRead = await spine.records.named('moving', [update.id]);
      await spine.search.dropIndex('moving');
      expectOk(await spine.desk.revise(admin, 'moving', update.id, 1, { headline: 'As it is' }));
      expect(await spine.search.index('moving', asRead)).toBe(0);
      expect([await find('moving', 'was'), await find('moving', 'is')]).toEqual([[], [update.id]]);
    });

    test('BACK10 it counts what fits by day: by status, verification, flag, and part of a name', async () => {
      await create('facets');
      const { desk, search } = spine;
      const post = async (day: number, more: Partial<NewUpdate>, by = editor) =>
        expectOk(
          await desk.publish(by, 'facets', development({ occurredAt: `2024-02-0${day}T10:00:00+02:00`, ...more })),
        ).update;
      const retracted = await post(5, { key: true, byline: 'Jane Roe' });
      await post(6, { verification: 'confirmed' }, reporter);
      const moved = await post(6, { verification: 'disputed' });
      await post(7, { status: 'draft', verification: 'claim' });
      expectOk(await desk.revise(editor, 'facets', retracted.id, 1, { status: 'retracted', reason: 'Wrong.' }));
      const count = async (facets: Facets, words: string[] = []) =>
        Object.fromEntries(
          await search.countByDay('facets', { ...everything, words: words.map((word) => [word]), facets }),
        );
      expect(await count({})).toEqual({ 122: 1, 123: 2 });
      expect(await count({ status: 'published' })).toEqual({ 123: 2 });
      expect(await count({ status: 'retracted', key: true })).toEqual({ 122: 1 });
      expect(await count({ key: false, verification: 'confirmed' })).toEqual({ 123: 1 });
      expect(await count({ verification: 'claim' })).toEqual({});
      expect(await count({ author: 'RoE' })).toEqual({ 122: 1 });
      expect(await count({ author: 'report' })).toEqual({ 123: 1 });
      expect(await count({ author: 'nobody' })).toEqual({});
      expectOk(
        await desk.revise(editor, 'facets', moved.id, 1, { verification: 'reported', byline: 'Jack Roe', key: true }),
      );
      expect(await count({ author: 'roe', key: true })).toEqual({ 122: 1, 123: 1 });
      expect(await count({ verification: 'disputed' })).toEqual({});
      expectOk(await desk.remove(editor, 'facets', moved.id, 'legal'));
      expect((await authorsAndWords('facets')).filter((word) => word.includes('jack'))).toEqual([]);
    });

    test('SRCH10 nothing of it is left when its timeline is deleted', async () => {
      await create('deleted');
      await publish('deleted', 'Some words');
      const audit = { at: new Date().toISOString(), actor: 'x', action: 'delete', target: 'deleted', reason: null };
      await spine.store.deleteTimeline('deleted', audit);
      const k = keys.of('deleted');
      const all = [k.searchRecords, k.searchIds, k.searchNumbers, k.searchWords, k.searchPostings('some')];
      expect(await Promise.all(all.map((key) => redis.exists(key)))).toEqual([0, 0, 0, 0, 0]);
    });
  });
}
