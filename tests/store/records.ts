import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../server/store/place.ts';
import { admin, development, editor, expectOk, gaza, reporter, type Spine, startSpine } from '../support/spine.ts';

/** What every place of a store must give those who look after a whole record. */
export function describeRecordsStore(name: string, placeOf: () => Place): void {
  describe(`the whole record on ${name}`, () => {
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: placeOf() });
      expectOk(await spine.desk.createTimeline(admin, gaza));
    });
    afterAll(() => spine.end());

    test('BACK1 a day is given whole with its authors; drafts and what was taken down are not in it', async () => {
      const { desk, records } = spine;
      const one = expectOk(await desk.publish(reporter, 'gaza', development())).update;
      const two = expectOk(await desk.publish(editor, 'gaza', development({ headline: 'Two' }))).update;
      await desk.publish(editor, 'gaza', development({ status: 'draft' }));
      const gone = expectOk(await desk.publish(editor, 'gaza', development())).update;
      expectOk(await desk.remove(editor, 'gaza', gone.id, 'x'));
      const day = await records.ofDay('gaza', '2024-02-07');
      expect(new Map(day.map(({ update, author, authorName }) => [update.id, [author, authorName]]))).toEqual(
        new Map([
          [one.id, ['reporter', 'Reporter']],
          [two.id, ['editor', 'Editor']],
        ]),
      );
      const named = await records.named('gaza', [two.id, gone.id, 'none', one.id]);
      expect(named.map(({ update }) => update.id)).toEqual([two.id, one.id]);
      expect(await records.ofDay('gaza', '2024-02-08')).toEqual([]);
    });

    test('SUME5 earlier versions of a summary are kept, oldest first', async () => {
      const write = async (revision: number, text: string) =>
        expectOk(
          await spine.desk.summarise(editor, 'gaza', 123, revision, {
            sections: [{ heading: null, points: [{ text, updates: [] }] }],
          }),
        );
      expect(await spine.records.earlierSummaries('gaza', '2024-02-06')).toEqual([]);
      for (const [at, text] of ['First', 'Second', 'Third'].entries()) await write(at, text);
      const earlier = await spine.records.earlierSummaries('gaza', '2024-02-06');
      expect(earlier.map(({ revision, sections }) => [revision, sections[0]?.points[0]?.text])).toEqual([
        [1, 'First'],
        [2, 'Second'],
      ]);
    });
  });
}
