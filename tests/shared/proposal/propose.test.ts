import { describe, expect, test } from '@jest/globals';
import { proposalSize, propose } from '../../../shared/proposal/propose.ts';
import { wordsOf } from '../../../shared/proposal/words.ts';
import { at } from './support.ts';

const filler = (minute: number) =>
  at(
    minute,
    `Unrelated matter ${minute} concerning item${minute} and place${minute} was noted by person${minute} at length.`,
  );

const ids = (updates: readonly { id: string }[]) => updates.map(({ id }) => id);

describe('the proposal of a summary', () => {
  test('RANK1 what is taken up again later in the day comes before what is not', () => {
    const event = at(
      3,
      'The northern dam near Karlow broke at dawn and villages below it were flooded, officials said.',
    );
    const followUps = [
      at(20, 'Rescue boats reach villages flooded after the northern dam near Karlow broke at dawn, officials say.'),
      at(40, 'Karlow dam: number of missing from flooded villages rises as officials search below the broken wall.'),
    ];
    const day = [...Array.from({ length: 12 }, (_, i) => filler(i * 4 + 1)), event, ...followUps];
    expect(propose(day)[0]?.id).toBe(event.id);
  });

  test('RANK1 the same thing is not proposed twice while there is another', () => {
    const say = 'The northern dam near Karlow broke at dawn and villages below it were flooded, officials said.';
    const other = [
      at(50, 'Ministers of six countries signed the grain agreement in the harbour of Odra after long talks there.'),
      at(55, 'Grain agreement signed in the harbour of Odra: ministers of six countries begin inspections there.'),
    ];
    const twice = [at(1, say), at(2, say), at(3, say)];
    const chosen = ids(propose([...twice, ...other], 2));
    expect(chosen).toHaveLength(2);
    expect(chosen.filter((id) => ids(twice).includes(id))).toHaveLength(1);
  });

  test('RANK2 neither drafts nor retracted updates are proposed, and a day of nothing proposes nothing', () => {
    const day = [at(1, 'One', { status: 'draft' }), at(2, 'Two', { status: 'retracted' }), at(3, 'Three')];
    expect(ids(propose(day))).toEqual(['u0003']);
    expect(propose([])).toEqual([]);
  });

  test('RANK2 a dispute speaks against an update, several sources for it', () => {
    const text = (word: string) => `Shelling of the ${word} crossing went on for two hours on Tuesday evening.`;
    const source = { name: 'A', url: null };
    const day = [
      at(1, text('alpha'), { verification: 'disputed' }),
      at(2, text('beta')),
      at(3, text('gamma'), { sources: [source, source] }),
    ];
    const same = propose(day.map((update) => ({ ...update, verification: 'reported' as const, sources: [] })));
    expect(same).toHaveLength(3);
    expect(ids(propose(day)).indexOf('u0003')).toBeLessThan(ids(propose(day)).indexOf('u0001'));
  });

  test('RANK2 the size of a proposal grows with the day, from three points to seven', () => {
    expect([0, 2, 3, 20, 35, 49, 300].map(proposalSize)).toEqual([0, 2, 3, 3, 5, 7, 7]);
  });

  test('RANK3 the result does not depend on the order in which the day is given', () => {
    const day = Array.from({ length: 30 }, (_, i) =>
      at(i * 3, `Matter ${i % 7} of ${i % 5} and ${i} in district ${i % 3}`),
    );
    expect(ids(propose([...day].reverse()))).toEqual(ids(propose(day)));
  });

  test.each([
    ['en', 'The dam’s wall broke.', ['the', 'dam', 's', 'wall', 'broke']],
    ['ar', 'انهار السد في الشمال', ['انهار', 'السد', 'في', 'الشمال']],
    ['fa', 'می‌خواهد ۱۲۴ نفر', ['می‌خواهد', '۱۲۴', 'نفر']],
    ['hi', 'बाँध टूट गया', ['बाँध', 'टूट', 'गया']],
    ['ja', '堤防が決壊した', ['堤防', 'が', '決壊', 'した']],
    ['th', 'เขื่อนแตก', ['เขื่อน', 'แตก']],
  ])('RANK3 words are found in %s', (language, text, words) => {
    expect(wordsOf(text, language)).toEqual(words);
  });
});
