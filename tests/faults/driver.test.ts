import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../shared/change.ts';
import type { Update } from '../../shared/update.ts';
import { isClean, judge } from './driver/judge.ts';
import type { Acknowledgement } from './driver/ledger.ts';
import { randomFrom } from './driver/random.ts';
import type { Reading } from './driver/reading.ts';

const update = (id: string): Update =>
  ({ id, headline: `post ${id}`, date: '2023-10-07', status: 'published' }) as Update;
const published = (seq: number, id: string): Change =>
  ({ timeline: 't', seq, type: 'update.published', update: update(id) }) as Change;
const post = (id: string, key = `post ${id}`): Acknowledgement => ({
  key,
  what: 'post',
  id,
  status: 201,
  revision: 1,
  replay: false,
  attempts: 1,
});

/** What is read of a timeline with these updates when nothing is wrong. */
function reading(...ids: string[]): Reading {
  const log = ids.map((id, i) => published(i + 1, id));
  const listed = ids.map(update);
  const days = [{ day: 1, date: '2023-10-07', updates: ids.length, key: 0, hasSummary: false, revisedAt: null }];
  return { position: `abcd:${ids.length}`, log, followed: log, days, listed, exported: [...listed] };
}

describe('the driver sees what it is there to see', () => {
  const posts = [post('a'), post('b')];

  test('T1 nothing wrong is nothing found', () => {
    expect(isClean(judge(posts, reading('a', 'b')))).toBe(true);
  });

  test('T1 an acknowledged post that cannot be read is missing, wherever it is', () => {
    expect(judge(posts, reading('a')).missing).toEqual(['log: post b (b)', 'days: post b (b)', 'export: post b (b)']);
    expect(judge(posts, { ...reading('a', 'b'), exported: [update('a')] }).missing).toEqual(['export: post b (b)']);
  });

  test('T1 a post that is there twice is doubled, by its words, its id or two answers', () => {
    const twice = reading('a', 'b', 'c');
    twice.log[2] = { ...published(3, 'c'), update: { ...update('c'), headline: 'post a' } } as Change;
    expect(judge([...posts, post('c')], twice).doubled).toEqual(['log: post a']);
    expect(judge(posts, { ...reading('a', 'b'), listed: [update('a'), update('a'), update('b')] }).doubled).toEqual([
      'days: a',
    ]);
    expect(judge([post('a'), post('b', 'post a')], reading('a', 'b')).doubled).toEqual(['post a: a and b']);
  });

  test('T1 a seq that is not the next one is a hole, and so is a head that the log does not reach', () => {
    const skipped = reading('a', 'b');
    skipped.log[1] = published(3, 'b');
    expect(judge(posts, skipped).holes).toEqual(['3 in place of 2']);
    expect(judge(posts, { ...reading('a', 'b'), position: 'abcd:3' }).holes).toEqual(['2 changes up to 3']);
  });

  test('T1 ways of reading that differ are found', () => {
    const older = { ...reading('a', 'b'), listed: [update('a'), { ...update('b'), headline: 'other' }] };
    expect(judge(posts, older).disagreeing).toEqual(['days: b']);
    expect(judge(posts, { ...reading('a', 'b'), followed: [published(2, 'b')] }).disagreeing).toHaveLength(1);
  });

  test('T1 what nobody posted is strange', () => {
    expect(judge([post('a')], reading('a', 'b')).strange).toEqual(['post b (b)']);
  });

  test('T1 a seed repeats its chance, and another round has another', () => {
    const draw = (round: number): number[] => {
      const random = randomFrom(7, 'T1', round);
      return Array.from({ length: 5 }, () => random.between(0, 1_000_000));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
