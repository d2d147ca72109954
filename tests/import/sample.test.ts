import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sampleEntries } from '../../server/newsroom/sample/entries.ts';
import { plantSample } from '../../server/newsroom/sample/plant.ts';
import { removeSample } from '../../server/newsroom/sample/remove.ts';
import { sampleSummary } from '../../server/newsroom/sample/summary.ts';
import { importRowSchema } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';

const article = new URL('../../../shared/seed-article.txt', import.meta.url);

const spines: Spine[] = [];
afterEach(async () => {
  for (const spine of spines.splice(0)) await spine.end();
});

async function spine(): Promise<Spine> {
  const started = await startSpine();
  spines.push(started);
  return started;
}

const plant = ({ desk, store }: Spine) => plantSample({ desk, store, log: silent });
const remove = ({ store, clock }: Spine, force = false) => removeSample(store, admin, clock.ms, force);
const sampleOfDay = async ({ store }: Spine) => store.day('gaza-sample', '2024-02-07');

describe('the sample', () => {
  test('IMP40 an empty store gets a timeline with a dozen updates of its 124th day and a summary, marked as a sample', async () => {
    const started = await spine();
    expect(await plant(started)).toBe(true);
    const { timeline, updates, summary, citedNow } = await sampleOfDay(started);
    expect(timeline.record).toMatchObject({ dayOne: '2023-10-07', timeZone: 'Asia/Gaza' });
    expect(timeline.record.title).toMatch(/sample/);
    expect(updates).toHaveLength(12);
    expect(updates.every((update) => update.day === 124 && update.tags.includes('sample'))).toBe(true);
    expect(updates.filter((update) => update.correction)).toHaveLength(1);
    expect(summary?.cited).toEqual(citedNow);
    expect(Object.keys(citedNow)).toHaveLength(11);
  });

  test('IMP41 planting again adds nothing, and a crash in the middle is made good', async () => {
    const started = await spine();
    const { desk, store } = started;
    let rows = 0;
    const crashing = Object.assign(Object.create(desk), {
      importRow: (...args: Parameters<typeof desk.importRow>) => {
        if (++rows > 9) throw new Error('crash');
        return desk.importRow(...args);
      },
      createTimeline: desk.createTimeline.bind(desk),
      read: desk.read.bind(desk),
      revise: desk.revise.bind(desk),
    }) as typeof desk;
    await expect(plantSample({ desk: crashing, store, log: silent })).rejects.toThrow('crash');
    expect(await plant(started)).toBe(true);
    expect(await plant(started)).toBe(false);
    const { updates, timeline } = await sampleOfDay(started);
    expect(updates).toHaveLength(12);
    expect(timeline.position.seq).toBe(14);
  });

  test('IMP42 a store that has any other timeline gets none', async () => {
    const started = await spine();
    expectOk(await started.desk.createTimeline(admin, { ...gaza, slug: 'other' }));
    expect(await plant(started)).toBe(false);
    expect(await started.store.timeline('gaza-sample')).toBeNull();
  });

  test('IMP43 once removed it stays away, nothing of it is left, and its slug is free', async () => {
    const started = await spine();
    await plant(started);
    expectOk(await remove(started));
    await waitFor(() => started.live.timeline('gaza-sample') === null, 'the node to forget the timeline');
    expect(await started.store.timelineSlugs()).toEqual([]);
    expect(await plant(started)).toBe(false);
    expectOk(await started.desk.createTimeline(admin, { ...gaza, slug: 'gaza-sample' }));
    expect(await sampleOfDay(started)).toMatchObject({
      updates: [],
      summary: null,
      timeline: { position: { seq: 0 } },
    });
    expect(await started.store.extent('gaza-sample')).toMatchObject({ updates: 0, lastDate: null });
    const again = importRowSchema.parse(sampleEntries[0]?.row);
    expect(await started.desk.importRow(admin, 'gaza-sample', again)).toMatchObject({ value: { kind: 'imported' } });
  });

  test('IMP44 a timeline that is no sample, or that got updates of its own, is not removed unasked', async () => {
    const started = await spine();
    expect(await remove(started)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    await plant(started);
    expectOk(await started.desk.publish(editor, 'gaza-sample', development()));
    expectOk(await started.desk.publish(editor, 'gaza-sample', development({ status: 'draft' })));
    const refused = await remove(started);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'timeline-has-updates' } });
    expect(JSON.stringify(refused)).toContain('2 update');
    expectOk(await remove(started, true));
    expectOk(await started.desk.createTimeline(admin, gaza));
    expect(await remove(started, true)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });

  (existsSync(article) ? test : test.skip)(
    'IMP45 its sentences are its own: no six words in a row are those of the report',
    () => {
      const words = (text: string) =>
        text
          .toLowerCase()
          .replaceAll(/<[^>]*>/g, ' ')
          .match(/[\p{L}\p{N}]+/gu) ?? [];
      const report = ` ${words(readFileSync(article, 'utf8')).join(' ')} `;
      const summary = sampleSummary(new Map()).sections.flatMap(({ points }) => points.map(({ text }) => text));
      const texts = sampleEntries
        .flatMap(({ row, correction }) => [row, correction ?? {}])
        .flatMap(({ headline, body }) => [headline ?? '', body ?? '']);
      for (const text of [...summary, ...texts]) {
        const all = words(text);
        for (let i = 0; i + 6 <= all.length; i++) expect(report).not.toContain(` ${all.slice(i, i + 6).join(' ')} `);
      }
    },
  );
});
