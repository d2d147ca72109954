import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backOffMs, isBehind, place } from '../../../client/feed/cursor.ts';

describe('where a change lies for a follower', () => {
  test.each([
    [4, 'known'],
    [5, 'known'],
    [6, 'next'],
    [7, 'gap'],
  ])('LIVE30 at 5, change %i is %s', (seq, where) => {
    expect(place({ epoch: 'first', seq: 5 }, seq)).toBe(where);
  });

  test('LIVE30 of changes told in any order and any number of times, each is taken once and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (told) => {
        const at = { epoch: 'first', seq: 0 };
        const taken = told.filter((seq) => {
          if (place(at, seq) !== 'next') return false;
          at.seq = seq;
          return true;
        });
        expect(taken).toEqual(taken.map((_, i) => i + 1));
      }),
    );
  });
});

describe('what a head says', () => {
  test.each([
    ['first:5', false],
    ['first:6', true],
    ['first:4', false],
    ['other:5', true],
    ['nonsense', false],
  ])('LIVE31 at first:5, head %s: behind is %s', (head, behind) => {
    expect(isBehind({ epoch: 'first', seq: 5 }, head)).toBe(behind);
  });
});

describe('waiting before the next try', () => {
  test('LIVE33 is spread from nothing to a bound that doubles from 3 s to 30 s', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => backOffMs(failures, 1))).toEqual([
      3_000, 6_000, 12_000, 24_000, 30_000, 30_000,
    ]);
    expect(backOffMs(3, 0)).toBe(0);
    expect(backOffMs(3, 0.5)).toBe(12_000);
  });
});
