import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../shared/change.ts';
import type { DayView } from '../../shared/day.ts';
import { advance, applyToDay } from '../../shared/fold.ts';
import type { Summary } from '../../shared/summary.ts';
import type { Update } from '../../shared/update.ts';
import { dayView, timeline, update } from './view/sample.ts';

const title = 'Most important developments';
const entry = {
  timeline: 'gaza',
  seq: 126,
  hash: '',
  at: '2024-02-07T17:00:00.000Z',
  day: 124,
  date: '2024-02-07',
} as const;
const published = (one: Update, more: { day?: number } = {}): Change => ({
  ...entry,
  type: 'update.published',
  update: one,
  ...more,
});
const revised = (one: Update, more: { day?: number; previousDay?: number } = {}): Change => ({
  ...entry,
  type: 'update.revised',
  update: one,
  ...more,
});
const removed = (id: string): Change => ({ ...entry, type: 'update.removed', id });
const ids = (view: DayView) => view.updates.map(({ id }) => id);
const at = (id: string, hour: number, more: Partial<Update> = {}) =>
  update({ id, occurredAt: `2024-02-07T${hour}:00:00.000Z`, ...more });
const apply = (view: DayView, change: Change) => applyToDay(view, change, title);
const written = (more: Partial<Summary> = {}): Summary => ({
  timeline: 'gaza',
  day: 124,
  date: '2024-02-07',
  title,
  automatic: false,
  sections: [{ heading: null, points: [{ text: 'Point', updates: ['b'] }] }],
  outdated: [],
  revision: 1,
  revisedAt: '2024-02-07T17:00:00.000Z',
  ...more,
});

describe('a follower’s next change', () => {
  test.each([
    [124, 'duplicate'],
    [125, 'duplicate'],
    [126, 'next'],
    [127, 'gap'],
  ])('LIVE30 a change with seq %i after position 125 is a %s', (seq, expected) => {
    expect(advance({ epoch: 'k3v9x2', seq: 125 }, { seq })).toBe(expected);
  });
});

describe('what a change does to a day', () => {
  const view = dayView({ updates: [at('b', 16), at('a', 12)] });

  test('FOLD1 a published update takes its place in the order, once', () => {
    const after = apply(view, published(at('n', 14)));
    expect(ids(after)).toEqual(['b', 'n', 'a']);
    expect(after.position).toBe('k3v9x2:126');
    expect(ids(apply(after, published(at('n', 14))))).toEqual(['b', 'n', 'a']);
  });

  test('FOLD1 a revision replaces the update and moves it where its time has changed', () => {
    expect(ids(apply(view, revised(at('a', 18))))).toEqual(['a', 'b']);
    expect(apply(view, revised(at('a', 12, { headline: 'New' }))).updates[1]?.headline).toBe('New');
  });

  test('FOLD2 an update moved to another day leaves this one, and one moved here enters', () => {
    expect(ids(apply(view, revised(at('a', 12), { day: 125, previousDay: 124 })))).toEqual(['b']);
    expect(ids(apply(view, revised(at('m', 14), { previousDay: 120 })))).toEqual(['b', 'm', 'a']);
  });

  test('FOLD2 what happens on other days changes nothing but the position and the nearest days', () => {
    const after = apply(view, published(at('x', 14), { day: 126 }));
    expect(after).toEqual({ ...view, next: 126, position: 'k3v9x2:126' });
    expect(apply(after, published(at('y', 14), { day: 125 })).next).toBe(125);
    expect(apply(after, published(at('y', 14), { day: 100 })).previous).toBe(100);
  });

  test('FOLD3 a takedown leaves nothing of the update', () => {
    expect(ids(apply(view, removed('b')))).toEqual(['a']);
    expect(apply(view, removed('unknown')).updates).toBe(view.updates);
  });

  test('FOLD4 an automatic summary follows the key developments, and goes with the last of them', () => {
    const key = apply(view, revised(at('a', 12, { key: true, headline: 'It rained' })));
    expect(key.summary).toMatchObject({
      automatic: true,
      title,
      sections: [{ heading: null, points: [{ text: 'It rained', updates: ['a'] }] }],
    });
    expect(apply(key, removed('a')).summary).toBeNull();
    const retracted = at('a', 12, { key: true, status: 'retracted' });
    expect(apply(key, { ...entry, type: 'update.retracted', update: retracted }).summary).toBeNull();
  });

  test('FOLD5 an editor’s summary stays, and names what it cites and has changed since', () => {
    const withSummary = apply(view, { ...entry, type: 'summary.revised', summary: written() });
    expect(withSummary.summary).toEqual(written());
    expect(apply(withSummary, revised(at('a', 12))).summary?.outdated).toEqual([]);
    const outdated = apply(withSummary, removed('b'));
    expect(outdated.summary?.outdated).toEqual(['b']);
    expect(apply(outdated, removed('b')).summary?.outdated).toEqual(['b']);
  });

  test('FOLD6 the first part of a long day stays the first part', () => {
    const part = { ...view, more: 'cursor' };
    expect(ids(apply(part, published(at('late', 10))))).toEqual(['b', 'a']);
    expect(ids(apply(part, published(at('in', 13))))).toEqual(['b', 'in', 'a']);
  });

  test('FOLD7 changes of the timeline itself, and types of a later version, move the position alone', () => {
    const record = timeline({ title: 'New title' });
    expect(apply(view, { ...entry, type: 'timeline.revised', record, day: null, date: null })).toEqual({
      ...view,
      position: 'k3v9x2:126',
    });
    expect(apply(view, { ...entry, type: 'of.a.later.version' } as unknown as Change)).toEqual({
      ...view,
      position: 'k3v9x2:126',
    });
  });
});
