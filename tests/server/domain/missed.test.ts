import { describe, expect, test } from '@jest/globals';
import { MissedCount } from '../../../server/domain/missed.ts';
import type { Change } from '../../../shared/change.ts';
import type { Update } from '../../../shared/update.ts';
import { update } from '../../shared/view/sample.ts';

const at = '2024-02-08T10:00:00.000Z';
let seq = 0;
const change = (type: 'update.published' | 'update.revised' | 'update.retracted', more: Partial<Update>): Change => {
  const changed = update(more);
  const { day, date } = changed;
  return { timeline: 'gaza', seq: ++seq, hash: '', at, type, day, date, update: changed };
};
const removed = (id: string): Change => ({
  timeline: 'gaza',
  seq: ++seq,
  hash: '',
  at,
  type: 'update.removed',
  day: 124,
  date: '2024-02-07',
  id,
});

function counted(changes: Change[], day: number | null = null) {
  const count = new MissedCount();
  for (const each of changes) count.take(each);
  return count.result(day);
}

describe('what a reader missed', () => {
  test('OWN5 updates count once, as they stand now, with their days and the ids of the day asked for', () => {
    const changes = [
      change('update.published', { id: 'a' }),
      change('update.published', { id: 'b', day: 125, date: '2024-02-08' }),
      change('update.revised', { id: 'a', key: true, correction: { note: 'x', at } }),
    ];
    expect(counted(changes, 125)).toEqual({
      updates: 2,
      key: 1,
      corrections: 0,
      days: [125, 124],
      first: { id: 'a', day: 124 },
      ids: ['b'],
    });
  });

  test('OWN5 of what was there before, corrections and retractions count, plain edits don’t', () => {
    const changes = [
      change('update.revised', { id: 'a', correction: { note: 'x', at } }),
      change('update.retracted', { id: 'b', status: 'retracted', retraction: { reason: 'x', at } }),
      change('update.revised', { id: 'c', correction: { note: 'old', at: '2024-02-07T10:00:00.000Z' } }),
    ];
    expect(counted(changes)).toMatchObject({ updates: 0, corrections: 2 });
  });

  test('OWN5 what came and went was not missed', () => {
    expect(counted([change('update.published', { id: 'a' }), removed('a')])).toMatchObject({ updates: 0, days: [] });
    expect(counted([change('update.revised', { id: 'a', correction: { note: 'x', at } }), removed('a')])).toMatchObject(
      {
        corrections: 0,
      },
    );
  });
});
