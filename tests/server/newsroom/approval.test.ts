import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DraftDesk } from '../../../server/newsroom/draft-desk.ts';
import { importRows } from '../../../server/newsroom/import.ts';
import { readNdjson } from '../../../server/newsroom/importers/ndjson-rows.ts';
import type { SettingsPatch } from '../../../shared/settings.ts';
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
} from '../../support/spine.ts';

let spine: Spine;
let drafts: DraftDesk;
let slug = '';
let count = 0;
beforeAll(async () => {
  spine = await startSpine();
  drafts = new DraftDesk({ store: spine.store, live: spine.live, writes: spine.desk.writes, images: spine.library });
});
afterAll(() => spine.end());
beforeEach(async () => {
  slug = `approval-${++count}`;
  expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
});

const rule = async (patch: SettingsPatch) => {
  const { revision } = await spine.store.settings(slug);
  return expectOk(await drafts.reviseSettings(admin, slug, revision, patch));
};
const post = async (more = {}, actor = editor) =>
  expectOk(await spine.desk.publish(actor, slug, development(more))).update;
const patch = (id: string, revision: number, change: object, actor = editor) =>
  spine.desk.revise(actor, slug, id, revision, change);
const staffView = async (id: string) => expectOk(await drafts.read(slug, id));
const codeOf = (result: { ok: boolean }): string =>
  'problem' in result ? (result.problem as { code: string }).code : 'ok';
const seq = () => spine.live.timeline(slug)?.position.seq;
const later = '2026-11-23T10:00:00.000Z';

describe('approval', () => {
  beforeEach(() => rule({ approval: true }));

  test('DESK1 what a reporter publishes is handed in, and makes no change', async () => {
    const made = await post({}, reporter);
    expect(made).toMatchObject({ status: 'draft', publishedAt: null, revision: 1 });
    expect(await staffView(made.id)).toMatchObject({
      author: { id: 'reporter', name: 'Reporter' },
      review: { state: 'submitted', by: 'Reporter', note: null, publishAt: null },
    });
    expect(seq()).toBe(0);
  });

  test('DESK1 a schedule becomes a wish, a draft stays a draft, and editors publish directly', async () => {
    const scheduled = await post({ publishAt: later }, reporter);
    expect(await staffView(scheduled.id)).toMatchObject({
      update: { status: 'draft' },
      publishAt: null,
      review: { state: 'submitted', publishAt: later },
    });
    const draft = await post({ status: 'draft' }, reporter);
    expect((await staffView(draft.id)).review).toBeNull();
    expect(expectOk(await patch(draft.id, 1, { status: 'published' }, reporter)).status).toBe('draft');
    expect((await staffView(draft.id)).review?.state).toBe('submitted');
    expect((await post({}, editor)).status).toBe('published');
    spine.clock.ms = Date.parse(later);
    expect(await spine.store.due(slug, spine.clock.ms)).toEqual([]);
  });

  test('DESK2 an editor approves what he has seen', async () => {
    const made = await post({}, reporter);
    expectOk(await patch(made.id, 1, { headline: 'Changed behind his back' }, reporter));
    expect(codeOf(await patch(made.id, 1, { status: 'published' }))).toBe('stale-revision');
    const approved = expectOk(await patch(made.id, 2, { status: 'published' }));
    expect(approved).toMatchObject({ status: 'published', headline: 'Changed behind his back' });
    expect(await staffView(made.id)).toMatchObject({ author: { id: 'reporter' }, review: null });
    expect(seq()).toBe(1);
  });

  test('DESK2 an editor sends it back with a note; the author hands it in again, or withdraws it', async () => {
    const made = await post({}, reporter);
    expect(codeOf(await drafts.sendBack(reporter, slug, made.id, 1, 'no'))).toBe('forbidden');
    expect(codeOf(await drafts.sendBack(editor, slug, made.id, 7, 'no'))).toBe('stale-revision');
    const returned = expectOk(await drafts.sendBack(editor, slug, made.id, 1, 'Who says so?'));
    expect(returned).toMatchObject({
      update: { revision: 2, status: 'draft' },
      review: { state: 'returned', by: 'Editor', note: 'Who says so?' },
    });
    expect(codeOf(await drafts.sendBack(editor, slug, made.id, 2, 'again'))).toBe('not-submitted');
    expectOk(await patch(made.id, 2, { attribution: 'the ministry', status: 'published' }, reporter));
    expect((await staffView(made.id)).review).toMatchObject({ state: 'submitted', note: null });
    expectOk(await patch(made.id, 3, { status: 'draft' }, reporter));
    expect((await staffView(made.id)).review).toBeNull();
  });

  test('DESK3 a reporter alters nothing that is public, and an edit of what is scheduled hands it in', async () => {
    await rule({ approval: false });
    const published = await post({}, reporter);
    const scheduled = await post({ publishAt: '2026-11-24T10:00:00Z' }, reporter);
    await rule({ approval: true });
    expect(codeOf(await patch(published.id, 1, { headline: 'Mine' }, reporter))).toBe('approval-required');
    expect(codeOf(await patch(published.id, 1, { headline: 'Theirs' }))).toBe('ok');
    expect(expectOk(await patch(scheduled.id, 1, { headline: 'Unseen' }, reporter)).status).toBe('draft');
    expect(await staffView(scheduled.id)).toMatchObject({
      review: { state: 'submitted', publishAt: '2026-11-24T10:00:00.000Z' },
    });
  });
});

describe('hold', () => {
  test('DESK4 nothing is published while it is on, and scheduled updates go out after it', async () => {
    const draft = await post({ status: 'draft' });
    const due = new Date(spine.clock.ms + 1_000).toISOString();
    const scheduled = await post({ publishAt: due });
    await rule({ hold: true });
    expect(codeOf(await spine.desk.publish(admin, slug, development()))).toBe('publication-on-hold');
    expect(codeOf(await patch(draft.id, 1, { status: 'published' }))).toBe('publication-on-hold');
    spine.clock.ms += 2_000;
    await spine.desk.publishDue(slug, scheduled.id);
    expect(seq()).toBe(0);
    expect((await post({ publishAt: '2026-11-25T00:00:00Z' })).status).toBe('scheduled');
    await rule({ hold: false });
    await spine.desk.publishDue(slug, scheduled.id);
    expect(seq()).toBe(1);
  });

  test('DESK4 what is public is still corrected, retracted and taken down', async () => {
    const [a, b, c] = [await post(), await post(), await post()];
    await rule({ hold: true });
    expect(codeOf(await patch(a.id, 1, { headline: 'Right', correction: 'It was wrong.' }))).toBe('ok');
    expect(codeOf(await patch(b.id, 1, { status: 'retracted', reason: 'Not so.' }))).toBe('ok');
    expect(codeOf(await spine.desk.remove(editor, slug, c.id, 'court'))).toBe('ok');
  });

  test('DESK4 an import ends at the hold and can be taken up again after it', async () => {
    await rule({ hold: true });
    const rows = [development({ headline: 'One' }), development({ headline: 'Two' })];
    const input = (async function* () {
      yield Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
    })();
    const records = [];
    const given = readNdjson(input, { timeZone: 'utc' });
    const job = { desk: spine.desk, actor: editor, slug, rows: given, clock: spine.clock.now, log: silent };
    for await (const record of importRows(job)) records.push(record);
    expect(records.at(-1)).toMatchObject({
      imported: 0,
      refused: 0,
      stopped: { line: 1, problem: { code: 'publication-on-hold' } },
    });
  });

  test('DESK5 a hold that comes between a decision and its commit is obeyed', async () => {
    const { store } = spine;
    const commit = store.commit.bind(store);
    store.commit = async (command) => {
      store.commit = commit;
      await rule({ hold: true });
      return commit(command);
    };
    expect(codeOf(await spine.desk.publish(editor, slug, development()))).toBe('publication-on-hold');
    expect(seq()).toBe(0);
  });
});

describe('settings', () => {
  test('DESK6 an editor holds, an admin makes the rules, over what they have seen', async () => {
    expect(await spine.store.settings(slug)).toMatchObject({ approval: false, hold: false, revision: 0 });
    expect(codeOf(await drafts.reviseSettings(reporter, slug, 0, { hold: true }))).toBe('forbidden');
    expect(codeOf(await drafts.reviseSettings(editor, slug, 0, { approval: true }))).toBe('forbidden');
    expect(codeOf(await drafts.reviseSettings(editor, slug, null, { hold: true }))).toBe('if-match-required');
    expect(expectOk(await drafts.reviseSettings(editor, slug, 0, { hold: true }))).toMatchObject({ revision: 1 });
    expect(expectOk(await drafts.reviseSettings(editor, slug, 1, { hold: true }))).toMatchObject({ revision: 1 });
    expect(await drafts.reviseSettings(admin, slug, 0, { approval: true })).toMatchObject({
      problem: { code: 'stale-revision', current: { hold: true, revision: 1 } },
    });
  });

  test('DESK6 of those who revise at once, one wins', async () => {
    const results = await Promise.all([1, 2, 3].map(() => drafts.reviseSettings(admin, slug, 0, { hold: true })));
    expect(results.map(codeOf).sort()).toEqual(['ok', 'stale-revision', 'stale-revision']);
  });
});

describe('drafts', () => {
  test('DESK7 the list has all that is not public, oldest first, with what only staff see', async () => {
    const draft = await post({ status: 'draft' }, reporter);
    await post();
    const scheduled = await post({ publishAt: '2026-11-25T00:00:00Z' });
    const listed = expectOk(await drafts.drafts(slug));
    expect(listed.map(({ update, author, publishAt }) => [update.id, author.name, publishAt])).toEqual([
      [draft.id, 'Reporter', null],
      [scheduled.id, 'Editor', '2026-11-25T00:00:00.000Z'],
    ]);
    expect(codeOf(await drafts.drafts('nowhere'))).toBe('not-found');
  });

  test('DESK8 its author or an editor throws a draft away; what was published stays', async () => {
    const own = await post({ status: 'draft' }, reporter);
    const others = await post({ publishAt: '2026-11-25T00:00:00Z' });
    const published = await post({}, reporter);
    expect(codeOf(await drafts.discard(reporter, slug, others.id))).toBe('forbidden');
    expect(codeOf(await drafts.discard(reporter, slug, own.id))).toBe('ok');
    expect(codeOf(await drafts.discard(editor, slug, others.id))).toBe('ok');
    expect(codeOf(await drafts.discard(reporter, slug, published.id))).toBe('already-published');
    expect(expectOk(await drafts.drafts(slug))).toEqual([]);
    expect(await spine.store.due(slug, Date.parse('2027-01-01'))).toEqual([]);
    expect(codeOf(await drafts.read(slug, own.id))).toBe('removed');
  });
});
