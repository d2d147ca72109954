import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTimeline } from '../../server/domain/timelines.ts';
import type { Commit, CommitResult, Store, StoredUpdate } from '../../server/store/store.ts';
import type { Change } from '../../shared/change.ts';
import type { Update } from '../../shared/update.ts';
import { update } from '../shared/view/sample.ts';
import { admin, expectOk, gaza } from '../support/spine.ts';

const now = Date.parse('2024-02-07T20:00:00.000Z');
const at = new Date(now).toISOString();

export interface StoreUnderTest {
  /** A store that keeps `keep` changes, in a place of its own. */
  open(keep: number): Promise<Store>;
}

let slugs = 0;

/** What every implementation of the store’s port must do: a single Redis, a cluster, a pair behind a sentinel. */
export function describeStoreContract(name: string, { open }: StoreUnderTest): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open(10);
    });
    afterAll(() => store.close());

    /** A fresh timeline with its helpers. */
    async function timeline() {
      const slug = `t${++slugs}`;
      const decided = expectOk(createTimeline(admin, { ...gaza, slug }, 'epoch1', now));
      const create: Commit = { slug, timelineRevision: null, now, change: decided.change, effect: decided.effect };
      expect(await store.commit(create)).toMatchObject({ kind: 'committed', position: { epoch: 'epoch1', seq: 0 } });
      const write = (
        before: StoredUpdate | null,
        after: StoredUpdate,
        extras: Partial<Commit> = {},
      ): Promise<CommitResult> =>
        store.commit({
          slug,
          timelineRevision: 1,
          now,
          change: publishedChange(after.update),
          effect: { kind: 'write-update', before, after },
          ...extras,
        });
      return { slug, create, write };
    }

    test('COMMIT1 each change gets the next seq, and the log gives it back as it was', async () => {
      const { slug, write } = await timeline();
      await write(null, stored(slug, 'a'));
      await write(null, stored(slug, 'b'));
      const read = await store.changes(slug, { epoch: 'epoch1', seq: 0 }, 1000);
      expect(read).toMatchObject({ reset: false, position: { epoch: 'epoch1', seq: 2 } });
      expect(read.reset ? [] : read.changes.map((change) => [change.seq, change.timeline, idOf(change)])).toEqual([
        [1, slug, 'a'],
        [2, slug, 'b'],
      ]);
    });

    test('COMMIT2 fifty writers at once leave a log without holes or doubles', async () => {
      const { slug, write } = await timeline();
      const results = await Promise.all(Array.from({ length: 50 }, (_, i) => write(null, stored(slug, `u${i}`))));
      const seqs = results
        .map((result) => (result.kind === 'committed' ? result.position.seq : 0))
        .sort((a, b) => a - b);
      expect(seqs).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    });

    test('COMMIT3 a decision on a state that has moved on writes nothing', async () => {
      const { slug, write } = await timeline();
      const first = stored(slug, 'a');
      await write(null, first);
      const second = stored(slug, 'a', { revision: 2, headline: 'second' });
      expect((await write(first, second)).kind).toBe('committed');
      expect((await write(first, stored(slug, 'a', { revision: 2, headline: 'late' }))).kind).toBe('conflict');
      expect((await write(null, stored(slug, 'a'))).kind).toBe('conflict');
      expect(await store.update(slug, 'a')).toMatchObject({ update: { headline: 'second' } });
      expect(await store.changes(slug, { epoch: 'epoch1', seq: 2 }, 10)).toMatchObject({ changes: [] });
    });

    test('COMMIT4 a decision on another revision of the timeline writes nothing', async () => {
      const { slug, write } = await timeline();
      expect((await write(null, stored(slug, 'a'), { timelineRevision: 7 })).kind).toBe('conflict');
    });

    test('COMMIT5 a slug is taken once', async () => {
      const { create } = await timeline();
      expect((await store.commit(create)).kind).toBe('conflict');
    });

    test('COMMIT6 the same key makes one update, whoever comes first', async () => {
      const { slug, write } = await timeline();
      const once = { actor: 'x', key: 'k', fingerprint: 'f' };
      const results = await Promise.all(['a', 'b', 'c'].map((id) => write(null, stored(slug, id), { once })));
      expect(results.filter((result) => result.kind === 'committed')).toHaveLength(1);
      const replays = results.filter((result) => result.kind === 'replay');
      expect(new Set(replays.map((result) => result.first.id)).size).toBe(1);
      expect(await store.firstAnswer(slug, 'x', 'k')).toMatchObject({ fingerprint: 'f', update: { timeline: slug } });
      expect(await store.firstAnswer(slug, 'y', 'k')).toBeNull();
    });

    test('COMMIT7 a row that was imported is not imported again', async () => {
      const { slug, write } = await timeline();
      await write(null, stored(slug, 'a'), { marks: ['id:1', 'content:x'] });
      expect(await write(null, stored(slug, 'b'), { marks: ['id:2', 'content:x'] })).toEqual({
        kind: 'imported',
        id: 'a',
      });
      expect(await store.update(slug, 'b')).toBeNull();
      expect(await store.imported(slug, ['id:2', 'id:1'])).toBe('a');
    });

    test('COMMIT8 the counts of the days follow every write, also one that moves an update to another day', async () => {
      const { slug, write } = await timeline();
      const first = stored(slug, 'a', { key: true });
      await write(null, first);
      await write(null, stored(slug, 'b'));
      expect(await store.days(slug)).toMatchObject([{ date: '2024-02-07', updates: 2, key: 1, hasSummary: false }]);
      await write(first, stored(slug, 'a', { key: true, date: '2024-02-05', day: 122, revision: 2 }));
      const days = await store.days(slug);
      expect(new Map(days.map((day) => [day.date, [day.updates, day.key]]))).toEqual(
        new Map([
          ['2024-02-07', [1, 0]],
          ['2024-02-05', [1, 1]],
        ]),
      );
      expect(await store.day(slug, '2024-02-06')).toMatchObject({
        previousDate: '2024-02-05',
        nextDate: '2024-02-07',
        updates: [],
      });
      expect(await store.revisions(slug, 'a')).toMatchObject([{ revision: 1, date: '2024-02-07' }]);
    });

    test('COMMIT9 a takedown leaves the log its numbers, and no word of the update anywhere', async () => {
      const { slug, write } = await timeline();
      const first = stored(slug, 'a', { headline: 'secret word' });
      await write(null, first, { once: { actor: 'x', key: 'k', fingerprint: 'f' } });
      const second = stored(slug, 'a', { headline: 'secret word again', revision: 2 });
      await write(first, second);
      const trail = (await store.trail(slug, 'a')).map((change): Change => removedStub(change));
      const audit = { at, actor: 'editor', action: 'update.remove', target: 'a', reason: 'court' };
      const effect = { kind: 'remove-update' as const, before: second, trail, audit };
      const change = { type: 'update.removed' as const, at, day: 124, date: '2024-02-07', id: 'a' };
      await store.commit({ slug, timelineRevision: 1, now, change, effect });
      const read = await store.changes(slug, { epoch: 'epoch1', seq: 0 }, 10);
      expect(read.reset ? [] : read.changes.map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'update.removed'],
        [2, 'update.removed'],
        [3, 'update.removed'],
      ]);
      expect(
        JSON.stringify([read, await store.revisions(slug, 'a'), await store.firstAnswer(slug, 'x', 'k')]),
      ).not.toContain('secret');
      expect(await store.update(slug, 'a')).toBe('removed');
      expect(await store.firstAnswer(slug, 'x', 'k')).toMatchObject({ id: 'a', update: null });
      expect(await store.days(slug)).toEqual([]);
    });

    test('LOG1 what can’t be proved is a reset: another epoch, a seq ahead of the head, one older than the log kept', async () => {
      const { slug, write } = await timeline();
      for (let i = 0; i < 12; i++) await write(null, stored(slug, `u${i}`));
      const since = (epoch: string, seq: number) => store.changes(slug, { epoch, seq }, 1000);
      expect(await since('other', 3)).toMatchObject({ reset: true, position: { epoch: 'epoch1', seq: 12 } });
      expect(await since('epoch1', 13)).toMatchObject({ reset: true });
      expect(await since('epoch1', 1)).toMatchObject({ reset: true });
      expect(await since('epoch1', 2)).toMatchObject({ reset: false, position: { seq: 12 } });
      expect(await since('epoch1', 12)).toMatchObject({ reset: false, changes: [] });
    });

    test('LOG2 a limited answer ends where its last change is', async () => {
      const { slug, write } = await timeline();
      for (let i = 0; i < 5; i++) await write(null, stored(slug, `u${i}`));
      expect(await store.changes(slug, { epoch: 'epoch1', seq: 1 }, 2)).toMatchObject({
        position: { seq: 3 },
        changes: [{ seq: 2 }, { seq: 3 }],
      });
    });

    test('LOG3 whoever watches hears of a commit', async () => {
      const { slug, write } = await timeline();
      const heard = new Promise<string>((resolve) => {
        void store
          .watch({ onWake: (woken) => (woken === slug ? resolve(woken) : undefined), onApplied: () => undefined })
          .then(() => write(null, stored(slug, 'a')));
      });
      expect(await heard).toBe(slug);
    });

    test('COMMIT10 a draft is in no log and on no day; scheduled ones fall due in time', async () => {
      const { slug, write } = await timeline();
      const draft = stored(slug, 'a', { status: 'scheduled', publishedAt: null });
      const scheduled = { ...draft, publishAt: '2024-02-07T21:00:00.000Z' };
      await write(null, scheduled, { change: null });
      expect(await store.days(slug)).toEqual([]);
      expect(await store.due(slug, Date.parse('2024-02-07T20:59:59.999Z'))).toEqual([]);
      expect(await store.due(slug, Date.parse('2024-02-07T21:00:00.000Z'))).toEqual(['a']);
      await write(scheduled, { ...stored(slug, 'a', { revision: 2 }), publishAt: null });
      expect(await store.due(slug, now + 10_000_000)).toEqual([]);
      expect(await store.changes(slug, { epoch: 'epoch1', seq: 0 }, 10)).toMatchObject({ position: { seq: 1 } });
    });
  });
}

const idOf = (change: Change): string => ('update' in change ? change.update.id : '');

function publishedChange(update: Update): Commit['change'] {
  return { type: 'update.published', at, day: update.day, date: update.date, update };
}

function removedStub(change: Change): Change {
  if (change.type === 'timeline.revised') throw new Error('not about an update');
  return {
    timeline: change.timeline,
    seq: change.seq,
    hash: change.hash,
    at: change.at,
    type: 'update.removed',
    day: change.day,
    date: change.date,
    id: 'a',
  };
}

function stored(slug: string, id: string, more: Partial<Update> = {}): StoredUpdate {
  const url = `/${slug}/updates/${id}`;
  const written = update({ id, timeline: slug, headline: `headline ${id}`, body: '', publishedAt: at, url, ...more });
  return { update: written, author: 'x', publishAt: null, createdAt: at };
}
