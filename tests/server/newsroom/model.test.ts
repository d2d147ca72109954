import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { presentDay } from '../../../server/domain/present.ts';
import type { Change } from '../../../shared/change.ts';
import type { DayView } from '../../../shared/day.ts';
import { applyToDay } from '../../../shared/fold.ts';
import { summaryTitle } from '../../../shared/i18n/ordinal.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../../support/spine.ts';

/** One step of a random newsroom; `at` picks which of the updates made so far it is about. */
type Step =
  | { do: 'publish' | 'draft'; dayOffset: 0 | 1; key: boolean; minute: number }
  | { do: 'edit' | 'move' | 'retract' | 'remove' | 'publish-draft' | 'toggle-key'; at: number }
  | { do: 'summarise'; at: number; points: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('publish' as const, 'draft' as const),
      dayOffset: fc.constantFrom(0 as const, 1 as const),
      key: fc.boolean(),
      minute: fc.nat(59),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'edit' as const,
        'move' as const,
        'retract' as const,
        'remove' as const,
        'publish-draft' as const,
        'toggle-key' as const,
      ),
      at: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('summarise' as const), at: fc.nat(20), points: fc.nat(3) }) },
);

let spine: Spine;
let runs = 0;
beforeAll(async () => {
  spine = await startSpine();
});
afterAll(() => spine.end());

async function perform(slug: string, ids: string[], action: Step): Promise<void> {
  const { desk } = spine;
  if ('dayOffset' in action) {
    const occurredAt = `2024-02-0${7 + action.dayOffset}T10:${String(action.minute).padStart(2, '0')}:00Z`;
    const status = action.do === 'draft' ? { status: 'draft' as const } : {};
    ids.push(
      expectOk(
        await desk.publish(
          editor,
          slug,
          development({ occurredAt, key: action.key, headline: `h${ids.length}`, ...status }),
        ),
      ).update.id,
    );
    return;
  }
  const id = ids[action.at % Math.max(1, ids.length)] ?? '';
  if (action.do === 'summarise') {
    const updates = ids.slice(0, action.points);
    const revision = (await spine.store.summary(slug, '2024-02-07'))?.revision ?? 0;
    // A draft or a removed one among them makes it a refusal, which must change nothing.
    await desk.summarise(editor, slug, 124, revision, {
      sections: updates.length ? [{ heading: null, points: [{ text: `p${action.at}`, updates }] }] : [],
    });
    return;
  }
  if (action.do === 'remove') {
    await desk.remove(editor, slug, id, 'reason');
    return;
  }
  const stored = await spine.store.update(slug, id);
  if (!stored || stored === 'removed') return;
  const { update } = stored;
  const patch = {
    edit: { headline: `${update.headline}+` },
    move: { occurredAt: update.day === 124 ? '2024-02-08T09:00:00Z' : '2024-02-07T09:00:00Z' },
    retract: { status: 'retracted' as const, reason: 'r' },
    'publish-draft': { status: 'published' as const },
    'toggle-key': { key: !update.key },
  }[action.do];
  await desk.revise(editor, slug, id, update.revision, patch);
}

async function dayView(slug: string): Promise<DayView> {
  return expectOk(presentDay(await spine.store.day(slug, '2024-02-07'), '2024-02-07', { limit: 1000, after: null }));
}

/** What a follower of one day can know: not whether a neighbouring day was emptied. */
const knowable = ({ previous: _previous, next: _next, ...view }: DayView) => view;

describe('a random newsroom', () => {
  test('LOG8 a day as it is read is the fold of the log over the day as it was read at any earlier position', async () => {
    const title = summaryTitle(124, gaza.subject, 'en');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const slug = `model-${++runs}`;
        expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
        const ids: string[] = [];
        const changes: Change[] = [];
        const stop = spine.live.onChange((of, change) => of === slug && changes.push(change));
        let view = await dayView(slug);
        for (const action of steps) {
          await perform(slug, ids, action);
          for (const change of changes.splice(0)) view = applyToDay(view, change, title);
          expect(knowable(view)).toEqual(knowable(await dayView(slug)));
        }
        stop();
        const counts = (await spine.store.days(slug)).find((day) => day.date === '2024-02-07');
        expect(counts?.updates ?? 0).toBe(view.updates.length);
        expect(counts?.key ?? 0).toBe(
          view.updates.filter((update) => update.key && update.status === 'published').length,
        );
      }),
      { numRuns: 60, seed: 20231007 },
    );
  });
});
