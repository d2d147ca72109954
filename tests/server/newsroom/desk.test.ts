import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { presentDay } from '../../../server/domain/present.ts';
import type { Change } from '../../../shared/change.ts';
import { parsePosition } from '../../../shared/position.ts';
import { admin, development, editor, expectOk, gaza, reporter, type Spine, startSpine } from '../../support/spine.ts';

let spine: Spine;
let slug = '';
let count = 0;
beforeAll(async () => {
  spine = await startSpine();
});
afterAll(() => spine.end());
beforeEach(async () => {
  slug = `desk-${++count}`;
  expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
});

const post = async (more = {}, actor = editor) =>
  expectOk(await spine.desk.publish(actor, slug, development(more))).update;
const codeOf = (result: { ok: boolean }): string =>
  'problem' in result ? (result.problem as { code: string }).code : 'ok';
async function changes(): Promise<Change[]> {
  const timeline = spine.live.timeline(slug);
  const found = await spine.store.changes(slug, { epoch: timeline?.position.epoch ?? '', seq: 0 }, 1000);
  return found.reset ? [] : found.changes;
}
const types = async () => (await changes()).map((change) => change.type);

describe('timelines', () => {
  test('TL1 a new timeline stands at seq 0 of an epoch of its own, and says which day it is', async () => {
    const created = expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug: 'tl1' }));
    expect(parsePosition(created.position)?.seq).toBe(0);
    expect(created).toMatchObject({ status: 'live', endedOn: null, language: 'en', replies: 'off', revision: 1 });
    expect(created.today).toEqual({ day: 1144, date: '2026-11-23' });
    expect(codeOf(await spine.desk.createTimeline(admin, { ...gaza, slug: 'tl1' }))).toBe('slug-taken');
    expect(codeOf(await spine.desk.createTimeline(editor, { ...gaza, slug: 'tl2' }))).toBe('forbidden');
  });

  test('TL2 day one and the zone stay once there is an update, a draft too', async () => {
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 1, { dayOne: '2023-10-06' }))).toBe('ok');
    await post({ status: 'draft' });
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 2, { dayOne: '2023-10-05' }))).toBe(
      'timeline-has-updates',
    );
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 2, { timeZone: 'Asia/Hebron' }))).toBe(
      'timeline-has-updates',
    );
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 2, { dayOne: '2023-10-06', title: 'New' }))).toBe('ok');
  });

  test('TL3 an ended conflict stops counting, and takes no event after its end', async () => {
    const ended = expectOk(await spine.desk.reviseTimeline(admin, slug, 1, { endedOn: '2025-10-10' }));
    expect(ended).toMatchObject({ status: 'ended', today: { day: 735, date: '2025-10-10' } });
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2025-10-11' })))).toBe(
      'after-the-end',
    );
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2025-10-10' })))).toBe('ok');
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 2, { endedOn: '2025-10-09' }))).toBe(
      'updates-after-end',
    );
    expect(expectOk(await spine.desk.reviseTimeline(admin, slug, 2, { status: 'live' }))).toMatchObject({
      endedOn: null,
    });
  });

  test('TL4 a revision of the timeline is one change that carries the whole record', async () => {
    await spine.desk.reviseTimeline(admin, slug, 1, { title: 'Renamed' });
    const timeline = spine.live.timeline(slug);
    expect(await changes()).toMatchObject([
      {
        seq: 1,
        type: 'timeline.revised',
        day: null,
        date: null,
        record: { title: 'Renamed', revision: 2, today: { day: 1144 }, position: `${timeline?.position.epoch}:1` },
      },
    ]);
    expect(timeline?.record.title).toBe('Renamed');
    expect(expectOk(await spine.desk.reviseTimeline(admin, slug, 2, { title: 'Renamed' })).revision).toBe(2);
    expect(codeOf(await spine.desk.reviseTimeline(admin, slug, 1, { title: 'Late' }))).toBe('stale-revision');
    expect(await types()).toEqual(['timeline.revised']);
  });
});

describe('updates', () => {
  test('UPD1 the conflict day follows from when it happened, in the conflict’s zone', async () => {
    expect(await post({ occurredAt: '2024-02-07T23:30:00Z' })).toMatchObject({
      day: 125,
      date: '2024-02-08',
      precision: 'minute',
    });
    expect(await post({ occurredAt: '2024-02-07T23:30:00+02:00' })).toMatchObject({
      day: 124,
      occurredAt: '2024-02-07T21:30:00.000Z',
    });
    expect(await post({ occurredAt: '2024-02-07' })).toMatchObject({
      day: 124,
      precision: 'day',
      occurredAt: '2024-02-06T22:00:00.000Z',
    });
  });

  test('UPD2 nothing lies before day one or in the future, and nothing of a refused request is stored', async () => {
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2023-10-06T20:59:59Z' })))).toBe(
      'before-day-one',
    );
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2023-10-06T21:00:00Z' })))).toBe(
      'ok',
    );
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2026-11-23T09:05:01Z' })))).toBe(
      'in-the-future',
    );
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2026-11-23T09:05:00Z' })))).toBe(
      'ok',
    );
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2026-11-24' })))).toBe(
      'in-the-future',
    );
    expect(await types()).toEqual(['update.published', 'update.published']);
  });

  test('UPD3 what could run in a reader’s browser is gone from a body, and a body of nothing else is refused', async () => {
    const body =
      '<p onclick="x()">a <b>b</b><script>x()</script><img src=x onerror=x()><a href="javascript:x()">c</a></p>';
    expect((await post({ body })).body).toBe('<p>a <strong>b</strong><a>c</a></p>');
    expect((await post({ body: '**a** <i>b</i>', bodyFormat: 'markdown' })).body).toBe(
      '<p><strong>a</strong> &lt;i&gt;b&lt;/i&gt;</p>',
    );
    expect((await post({ body: 'a < b\nc\n\nd', bodyFormat: 'text' })).body).toBe('<p>a &lt; b<br />c</p><p>d</p>');
    expect(
      codeOf(await spine.desk.publish(editor, slug, development({ headline: '', body: '<script>x</script>' }))),
    ).toBe('validation-failed');
  });

  test('UPD4 an edit is a revision; a correction says so in public and stays through later edits', async () => {
    const first = await post();
    const edited = expectOk(await spine.desk.revise(editor, slug, first.id, 1, { headline: 'Edited' }));
    expect(edited).toMatchObject({ revision: 2, correction: null, headline: 'Edited' });
    const corrected = expectOk(
      await spine.desk.revise(editor, slug, first.id, 2, { headline: 'Right', correction: 'It was wrong.' }),
    );
    expect(corrected.correction).toEqual({ note: 'It was wrong.', at: corrected.revisedAt });
    const later = expectOk(await spine.desk.revise(editor, slug, first.id, 3, { byline: 'A. B.' }));
    expect(later).toMatchObject({ revision: 4, correction: corrected.correction });
    expect(await types()).toEqual(['update.published', 'update.revised', 'update.revised', 'update.revised']);
  });

  test('UPD5 saving without a difference is neither a revision nor a change', async () => {
    const first = await post();
    expect(
      expectOk(await spine.desk.revise(editor, slug, first.id, 1, { headline: first.headline, body: first.body })),
    ).toEqual(first);
    expect(await types()).toEqual(['update.published']);
  });

  test('UPD6 a stale revision is refused and shows what stands', async () => {
    const first = await post();
    const current = expectOk(await spine.desk.revise(editor, slug, first.id, 1, { headline: 'B' }));
    const stale = await spine.desk.revise(editor, slug, first.id, 1, { headline: 'C' });
    expect(stale).toMatchObject({ ok: false, problem: { code: 'stale-revision', status: 412, current } });
    expect(codeOf(await spine.desk.revise(editor, slug, first.id, null, { headline: 'C' }))).toBe('if-match-required');
  });

  test('UPD7 of two who revise at once one wins and the other is told', async () => {
    const first = await post();
    const results = await Promise.all(
      ['B', 'C', 'D'].map((headline) => spine.desk.revise(editor, slug, first.id, 1, { headline })),
    );
    expect(results.map(codeOf).sort()).toEqual(['ok', 'stale-revision', 'stale-revision']);
  });

  test('UPD8 an update that moves to another day is one change with the day before', async () => {
    const first = await post();
    await spine.desk.revise(editor, slug, first.id, 1, { occurredAt: '2024-02-05T10:00:00Z' });
    expect((await changes())[1]).toMatchObject({
      type: 'update.revised',
      day: 122,
      date: '2024-02-05',
      previousDay: 124,
    });
  });

  test('UPD9 a retraction keeps the text, gives its reason, and happens once', async () => {
    const first = await post();
    const retracted = expectOk(
      await spine.desk.revise(editor, slug, first.id, 1, { status: 'retracted', reason: 'Not so.' }),
    );
    expect(retracted).toMatchObject({ status: 'retracted', body: first.body, retraction: { reason: 'Not so.' } });
    expect(codeOf(await spine.desk.revise(editor, slug, first.id, 2, { status: 'retracted', reason: 'Again' }))).toBe(
      'already-retracted',
    );
    expect(await types()).toEqual(['update.published', 'update.retracted']);
  });

  test('UPD10 a draft is no change until it is published', async () => {
    const draft = await post({ status: 'draft' });
    expect(draft).toMatchObject({ status: 'draft', publishedAt: null });
    const edited = expectOk(await spine.desk.revise(editor, slug, draft.id, 1, { headline: 'Better' }));
    expect(await types()).toEqual([]);
    const published = expectOk(
      await spine.desk.revise(editor, slug, draft.id, edited.revision, { status: 'published' }),
    );
    expect(published).toMatchObject({ status: 'published', headline: 'Better', revisedAt: null });
    expect(await types()).toEqual(['update.published']);
    expect(codeOf(await spine.desk.revise(editor, slug, draft.id, published.revision, { status: 'draft' }))).toBe(
      'already-published',
    );
  });

  test('UPD11 a scheduled update is published at its time and not before', async () => {
    const publishAt = '2026-11-23T10:00:00+00:00';
    const scheduled = await post({ publishAt });
    expect(scheduled.status).toBe('scheduled');
    await spine.desk.publishDue(slug, scheduled.id);
    expect(await types()).toEqual([]);
    spine.clock.ms = Date.parse(publishAt);
    await Promise.all([spine.desk.publishDue(slug, scheduled.id), spine.desk.publishDue(slug, scheduled.id)]);
    expect(await types()).toEqual(['update.published']);
    expect(codeOf(await spine.desk.publish(editor, slug, development({ publishAt })))).toBe('validation-failed');
  });

  test('UPD12 a takedown takes an update out of the log’s replay and of every other place', async () => {
    const first = await post({ headline: 'secret' }, reporter);
    await spine.desk.revise(editor, slug, first.id, 1, { headline: 'secret two' });
    expect(codeOf(await spine.desk.remove(reporter, slug, first.id, 'no'))).toBe('forbidden');
    expectOk(await spine.desk.remove(editor, slug, first.id, 'court order'));
    expect(await types()).toEqual(['update.removed', 'update.removed', 'update.removed']);
    expect(
      JSON.stringify([
        await changes(),
        spine.live.tail(slug, { epoch: spine.live.timeline(slug)?.position.epoch ?? '', seq: 0 }),
      ]),
    ).not.toMatch(/secret|court/);
    expect(codeOf(await spine.desk.revise(editor, slug, first.id, 2, { headline: 'x' }))).toBe('removed');
    expect(codeOf(await spine.desk.remove(editor, slug, first.id, 'again'))).toBe('removed');
  });

  test('UPD13 control characters and lone surrogates are taken out, so that what is kept is what was acknowledged', async () => {
    const made = await post({ headline: 'a\u0000b\ud800c', tags: ['x\u0007', 'x'] });
    expect(made).toMatchObject({ headline: 'ab\ufffdc', tags: ['x'] });
    expect(expectOk(await spine.desk.read(editor, slug, made.id))).toEqual(made);
  });
});

describe('who may do what', () => {
  test('AUTH1 a reporter revises own updates only, and neither pins nor retracts', async () => {
    const own = await post({}, reporter);
    const other = await post();
    expect(codeOf(await spine.desk.revise(reporter, slug, own.id, 1, { headline: 'Mine' }))).toBe('ok');
    expect(codeOf(await spine.desk.revise(reporter, slug, other.id, 1, { headline: 'Not mine' }))).toBe('forbidden');
    expect(codeOf(await spine.desk.revise(reporter, slug, own.id, 2, { pinned: true }))).toBe('forbidden');
    expect(codeOf(await spine.desk.publish(reporter, slug, development({ pinned: true })))).toBe('forbidden');
    expect(codeOf(await spine.desk.revise(reporter, slug, own.id, 2, { status: 'retracted', reason: 'r' }))).toBe(
      'forbidden',
    );
    expect(codeOf(await spine.desk.summarise(reporter, slug, 124, 0, { sections: [] }))).toBe('forbidden');
  });

  test('AUTH2 a role that is limited to other timelines has no authority here', async () => {
    const elsewhere = { ...admin, timelines: ['elsewhere'] };
    expect(codeOf(await spine.desk.publish(elsewhere, slug, development()))).toBe('forbidden');
    expect(codeOf(await spine.desk.reviseTimeline(elsewhere, slug, 1, { title: 'x' }))).toBe('forbidden');
  });
});

describe('idempotency', () => {
  const once = { key: 'k1', fingerprint: 'f1' };

  test('COMMIT30 the same key answers the first result again, also after later edits', async () => {
    const first = expectOk(await spine.desk.publish(editor, slug, development(), once));
    await spine.desk.revise(editor, slug, first.update.id, 1, { headline: 'Edited' });
    expect(expectOk(await spine.desk.publish(editor, slug, development(), once))).toEqual({
      update: first.update,
      replayed: true,
    });
    expect(codeOf(await spine.desk.publish(editor, slug, development(), { ...once, fingerprint: 'f2' }))).toBe(
      'idempotency-key-reused',
    );
    expect(expectOk(await spine.desk.publish(reporter, slug, development(), once)).replayed).toBe(false);
  });

  test('COMMIT31 a refused request does not burn its key', async () => {
    expect(codeOf(await spine.desk.publish(editor, slug, development({ occurredAt: '2020-01-01' }), once))).toBe(
      'before-day-one',
    );
    expect(expectOk(await spine.desk.publish(editor, slug, development(), once)).replayed).toBe(false);
  });

  test('COMMIT32 two at once make one update, and after its takedown the replay says that it is gone', async () => {
    const both = await Promise.all([1, 2, 3].map(() => spine.desk.publish(editor, slug, development(), once)));
    const results = both.map(expectOk);
    expect(new Set(results.map(({ update }) => update.id)).size).toBe(1);
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await spine.desk.remove(editor, slug, results[0]?.update.id ?? '', 'r');
    expect(codeOf(await spine.desk.publish(editor, slug, development(), once))).toBe('removed');
  });
});

describe('summaries', () => {
  const sections = (...ids: string[]) => [{ heading: 'Diplomacy', points: [{ text: 'A point', updates: ids }] }];

  test('SUM1 an editor’s summary names what it cites, and what of it has changed since', async () => {
    const [a, b, c] = [await post(), await post(), await post()];
    const ids = [a.id, b.id, c.id];
    const made = expectOk(await spine.desk.summarise(editor, slug, 124, 0, { sections: sections(...ids) }));
    expect(made).toMatchObject({
      title: 'Most important developments of the 124th day of the war on the Gaza Strip',
      automatic: false,
      outdated: [],
      revision: 1,
    });
    await spine.desk.revise(editor, slug, a.id, 1, { headline: 'x' });
    await spine.desk.remove(editor, slug, b.id, 'r');
    const again = expectOk(await spine.desk.summarise(editor, slug, 124, 1, { sections: sections(a.id, c.id) }));
    expect(again).toMatchObject({ outdated: [], revision: 2 });
    await spine.desk.revise(editor, slug, c.id, 1, { status: 'retracted', reason: 'r' });
    const stale = await spine.desk.summarise(editor, slug, 124, 1, { sections: [] });
    expect(stale).toMatchObject({
      ok: false,
      problem: { code: 'stale-revision', current: { outdated: [c.id], revision: 2 } },
    });
    expect(await types()).toContain('summary.revised');
  });

  test('SUM2 a cited id that is unknown, a draft or removed is refused where it stands', async () => {
    const draft = await post({ status: 'draft' });
    const refused = await spine.desk.summarise(editor, slug, 124, 0, { sections: sections('nope', draft.id) });
    expect(refused).toMatchObject({
      problem: {
        code: 'validation-failed',
        errors: [{ path: '/sections/0/points/0/updates/0' }, { path: '/sections/0/points/0/updates/1' }],
      },
    });
  });

  test('SUM3 a day that the conflict has not reached has no summary', async () => {
    for (const day of [0, -1, 1145]) {
      expect(codeOf(await spine.desk.summarise(editor, slug, day, 0, { sections: [] }))).toBe('not-found');
    }
  });

  test('SUM4 the same summary saved again is no revision', async () => {
    const a = await post();
    await spine.desk.summarise(editor, slug, 124, 0, { sections: sections(a.id) });
    expect(expectOk(await spine.desk.summarise(editor, slug, 124, 1, { sections: sections(a.id) })).revision).toBe(1);
  });

  test('SUM5 a day whose editor has written nothing shows its key developments, and that is no change of its own', async () => {
    const later = await post({ key: true, headline: 'Later', occurredAt: '2024-02-07T12:00:00Z' });
    const earlier = await post({
      key: true,
      headline: '',
      body: '<p>First sentence. Second one.</p>',
      occurredAt: '2024-02-07T10:00:00Z',
    });
    await post({ headline: 'Not key' });
    const day = async () => {
      const page = { limit: 10, after: null };
      return expectOk(presentDay(await spine.store.day(slug, '2024-02-07'), '2024-02-07', page)).summary;
    };
    expect(await day()).toMatchObject({
      automatic: true,
      revision: 0,
      sections: [
        {
          heading: null,
          points: [
            { text: 'Later', updates: [later.id] },
            { text: 'First sentence.', updates: [earlier.id] },
          ],
        },
      ],
    });
    await spine.desk.revise(editor, slug, later.id, 1, { status: 'retracted', reason: 'r' });
    await spine.desk.revise(editor, slug, earlier.id, 1, { key: false });
    expect(await day()).toBeNull();
    expect(await types()).not.toContain('summary.revised');
  });
});
