import { afterEach, describe, expect, test } from '@jest/globals';
import { DryRun } from '../../server/newsroom/dry-run.ts';
import { exportTimeline } from '../../server/newsroom/export.ts';
import type { Change } from '../../shared/change.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { inChunks, job, ndjson, recordsOf, withoutProgress } from './support.ts';

const row = (n: number, more: object = {}) => ({
  occurredAt: '2024-02-07',
  headline: `Headline ${n}`,
  externalId: `x${n}`,
  ...more,
});
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1));

const spines: Spine[] = [];
afterEach(async () => {
  for (const spine of spines.splice(0)) await spine.end();
});

async function spine(): Promise<Spine> {
  const started = await startSpine();
  spines.push(started);
  expectOk(await started.desk.createTimeline(admin, gaza));
  return started;
}

async function imports({ desk }: Spine, ...given: object[]) {
  return withoutProgress(await recordsOf(job(desk, inChunks(ndjson(...given), 100)))).at(-1);
}

async function changesOf({ store }: Spine): Promise<Change[]> {
  const epoch = (await store.timeline('gaza'))?.position.epoch ?? '';
  const answer = await store.changes('gaza', { epoch, seq: 0 }, 10_000);
  return answer.reset ? [] : answer.changes;
}

async function exported({ store, clock }: Spine): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  for await (const line of exportTimeline(store, 'gaza', clock.ms)) {
    expect(line.endsWith('\n')).toBe(true);
    lines.push(JSON.parse(line));
  }
  return lines;
}

describe('an import into a timeline', () => {
  test('IMP6 the log follows the file, one change for each imported row', async () => {
    const started = await spine();
    expect(await imports(started, ...rows(200))).toEqual({ imported: 200, refused: 0, replayed: 0 });
    const changes = await changesOf(started);
    expect(changes.map((change) => change.type === 'update.published' && change.update.headline)).toEqual(
      rows(200).map(({ headline }) => headline),
    );
    expect(changes.map(({ seq }) => seq)).toEqual(rows(200).map((_, i) => i + 1));
  });

  test('IMP11 the same file again adds nothing', async () => {
    const started = await spine();
    await imports(started, ...rows(50));
    expect(await imports(started, ...rows(50))).toEqual({ imported: 0, refused: 0, replayed: 50 });
    expect(await changesOf(started)).toHaveLength(50);
  });

  test('IMP11 rows with one external id, or with the same content, side by side in one window are one update', async () => {
    const started = await spine();
    const same = { occurredAt: '2024-02-07', headline: 'Same' };
    const last = await imports(started, row(1), row(1, { headline: 'Reworded' }), same, same, {
      ...same,
      externalId: 'y',
    });
    expect(last).toEqual({ imported: 2, refused: 0, replayed: 3 });
    expect(await changesOf(started)).toHaveLength(2);
  });

  test('IMP11 an imported update that was taken down does not come back with the next import', async () => {
    const started = await spine();
    await imports(started, row(1));
    const [change] = await changesOf(started);
    const id = change?.type === 'update.published' ? change.update.id : '';
    expectOk(await started.desk.remove(editor, 'gaza', id, 'wrong'));
    expect(await imports(started, row(1))).toEqual({ imported: 0, refused: 0, replayed: 1 });
    expect(JSON.stringify(await exported(started))).not.toContain('Headline 1');
  });

  test('IMP3 rows before day one and in the future are refused with their code', async () => {
    const started = await spine();
    const given = [row(1, { occurredAt: '2023-10-06' }), row(2, { occurredAt: '2030-01-01' }), row(3)];
    expect(await recordsOf(job(started.desk, inChunks(ndjson(...given))))).toMatchObject([
      { line: 1, problem: { code: 'before-day-one' } },
      { line: 2, problem: { code: 'in-the-future' } },
      { imported: 1, refused: 2, replayed: 0 },
    ]);
  });
});

describe('an export', () => {
  test('IMP20 gives the timeline, then day by day the updates in the order of events and the editor’s summary', async () => {
    const started = await spine();
    const publish = async (occurredAt: string, headline: string) =>
      expectOk(await started.desk.publish(editor, 'gaza', development({ occurredAt, headline, key: true }))).update.id;
    const evening = await publish('2024-02-07T20:00:00+02:00', 'evening');
    const noon = await publish('2024-02-07T12:00:00+02:00', 'noon');
    await publish('2024-02-05T12:00:00+02:00', 'two days before');
    expectOk(
      await started.desk.summarise(editor, 'gaza', 124, 0, {
        sections: [{ heading: null, points: [{ text: 'Point', updates: [noon] }] }],
      }),
    );
    const lines = await exported(started);
    expect(lines.map(({ kind, day }) => [kind, day])).toEqual([
      ['timeline', undefined],
      ['update', 122],
      ['update', 124],
      ['update', 124],
      ['summary', 124],
    ]);
    expect(lines.slice(2, 4).map(({ id }) => id)).toEqual([noon, evening]);
    expect(lines[0]).toMatchObject({ slug: 'gaza', dayOne: '2023-10-07' });
    expect(lines[4]).toMatchObject({ automatic: false, sections: [{ points: [{ text: 'Point' }] }] });
  });

  test('IMP21 drafts and removed updates are not in it, a retracted one is, with its reason', async () => {
    const started = await spine();
    const { desk } = started;
    const publish = async (more: object) => expectOk(await desk.publish(editor, 'gaza', development(more))).update;
    await publish({ headline: 'a draft', status: 'draft' });
    const removed = await publish({ headline: 'to be removed' });
    expectOk(await desk.remove(editor, 'gaza', removed.id, 'law'));
    const retracted = await publish({ headline: 'to be retracted' });
    expectOk(await desk.revise(editor, 'gaza', retracted.id, 1, { status: 'retracted', reason: 'It was wrong' }));
    const updates = (await exported(started)).slice(1);
    expect(updates).toMatchObject([{ kind: 'update', status: 'retracted', retraction: { reason: 'It was wrong' } }]);
  });

  test('IMP22 an export can be imported: what it says of updates is the same again', async () => {
    const first = await spine();
    const rich = development({
      key: true,
      verification: 'disputed',
      attribution: 'per X',
      tags: ['a'],
      precision: 'hour',
      timeLabel: 'dusk',
      place: { name: 'Rafah', latitude: 31.3, longitude: 34.2 },
    });
    expectOk(await first.desk.publish(editor, 'gaza', rich));
    const [, update] = await exported(first);
    const second = await spine();
    expect(await imports(second, update ?? {})).toEqual({ imported: 1, refused: 0, replayed: 0 });
    const again = (await exported(second))[1];
    const { id: _, url: __, publishedAt: ___, ...kept } = update ?? {};
    expect(again).toMatchObject(kept);
  });

  test('MOVE11 lines that are no update are passed over, and a retracted update is not published anew', async () => {
    const first = await spine();
    const { desk } = first;
    const { id } = expectOk(await desk.publish(editor, 'gaza', development())).update;
    expectOk(await desk.revise(editor, 'gaza', id, 1, { status: 'retracted', reason: 'It was wrong' }));
    expectOk(await desk.publish(editor, 'gaza', development({ headline: 'Kept' })));
    const lines = [...(await exported(first)), { kind: 'revision', id, revision: 1, update: development() }];
    const second = await spine();
    const records = withoutProgress(await recordsOf(job(second.desk, inChunks(ndjson(...lines)))));
    expect(records).toMatchObject([
      { problem: { code: 'not-for-publication' } },
      { imported: 1, refused: 1, replayed: 0 },
    ]);
    // Other software’s rows may have a kind too.
    expect(await imports(second, { kind: 'summary', ...row(9) })).toMatchObject({ imported: 1 });
  });

  test('MOVE7 a preview tells what the import would, and leaves nothing behind', async () => {
    const started = await spine();
    await imports(started, row(1));
    const given = [
      row(1),
      row(2),
      row(2),
      row(3, { occurredAt: '2030-01-01' }),
      row(4, { body: '<p>Hi<script>x</script>' }),
    ];
    const dryRun = new DryRun(started.store, started.clock.now);
    const preview = (await recordsOf(job(dryRun, inChunks(ndjson(...given))))).at(-1);
    expect(await changesOf(started)).toHaveLength(1);
    expect(dryRun.shown).toMatchObject([
      { headline: 'Headline 2', day: 124 },
      { headline: 'Headline 4', body: '<p>Hi</p>' },
    ]);
    expect(await imports(started, ...given)).toEqual(preview);
  });
});
