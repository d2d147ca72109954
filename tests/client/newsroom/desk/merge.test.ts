import { describe, expect, test } from '@jest/globals';
import { emptyForm, type Form } from '../../../../client/newsroom/desk/composer/form.ts';
import { differences, merged, mergesByItself } from '../../../../client/newsroom/desk/merge/merge.ts';

const base: Form = { ...emptyForm('en'), headline: 'Strike on the port', body: '<p>One.</p>', tags: ['port'] };

describe('two versions of one update', () => {
  test('DESK40 what each changed alone fits together by itself', () => {
    const mine = { ...base, headline: 'Strike on the harbour' };
    const theirs = { ...base, body: '<p>Two.</p>', tags: ['port', 'aid'] };
    expect(differences(base, mine, theirs)).toEqual([
      { field: 'headline', fate: 'mine' },
      { field: 'body', fate: 'theirs' },
      { field: 'tags', fate: 'theirs' },
    ]);
    expect(mergesByItself(base, mine, theirs)).toBe(true);
    expect(merged(base, mine, theirs, {})).toMatchObject({ headline: 'Strike on the harbour', body: '<p>Two.</p>' });
  });

  test('DESK40 where both changed one field somebody chooses, and until then it is his own', () => {
    const mine = { ...base, headline: 'Mine', body: '<p>Mine.</p>' };
    const theirs = { ...base, headline: 'Theirs', body: '<p>Theirs.</p>' };
    expect(mergesByItself(base, mine, theirs)).toBe(false);
    expect(merged(base, mine, theirs, {})).toMatchObject({ headline: 'Mine', body: '<p>Mine.</p>' });
    expect(merged(base, mine, theirs, { body: 'theirs' })).toMatchObject({ headline: 'Mine', body: '<p>Theirs.</p>' });
  });

  test('DESK40 what both changed alike is no difference', () => {
    const both = { ...base, key: true };
    expect(differences(base, both, { ...both })).toEqual([]);
  });
});
