import { describe, expect, test } from '@jest/globals';
import type { DayPage } from '../../../shared/view/day.ts';
import { dayMain } from '../../../shared/view/day.ts';
import { context, dayView, timeline, update, wordsOf } from './sample.ts';

const page = (more: Partial<DayPage> = {}): DayPage => ({
  timeline: timeline(),
  view: dayView(),
  latest: false,
  continued: false,
  ...more,
});
const words = (more: Partial<DayPage> = {}) => wordsOf(dayMain(page(more), context()));
const markup = (more: Partial<DayPage> = {}) => dayMain(page(more), context()).text;

describe('a day’s page', () => {
  test('PAGE1 it says which day of which war it is, and its date', () => {
    expect(words()).toMatch(/^War on the Gaza Strip 124th day · Wednesday 7 February 2024 /);
  });

  test.each([
    ['an older day', {}, 'Today is the 1144th day.'],
    ['the latest day, before today', { latest: true }, 'Today is the 1144th day. Nothing recorded yet.'],
    ['paused', { timeline: timeline({ status: 'paused' }) }, 'Coverage is paused.'],
    [
      'ended',
      { timeline: timeline({ status: 'ended', endedOn: '2024-02-09', today: { day: 126, date: '2024-02-09' } }) },
      'Ended on 9 February 2024, after 126 days.',
    ],
    ['a day with nothing', { view: dayView({ previous: 123 }) }, 'Nothing is recorded for this day.'],
    ['a timeline with nothing', {}, 'No updates have been published yet.'],
  ])('PAGE1 it says how things stand: %s', (_, more, said) => {
    expect(words(more)).toContain(said);
  });

  test('PAGE1 today’s page says nothing about today', () => {
    expect(words({ timeline: timeline({ today: { day: 124, date: '2024-02-07' } }) })).not.toContain('Today is');
  });

  test('PAGE7 newest events come first, equal instants by publication, and what is pinned before all', () => {
    const at = (id: string, hour: number, more = {}) =>
      update({ id, headline: id, occurredAt: `2024-02-07T${hour}:00:00.000Z`, ...more });
    const updates = [
      at('b', 16),
      at('a', 12, { publishedAt: '2024-02-07T13:00:00.000Z' }),
      at('c', 12, { publishedAt: '2024-02-07T12:30:00.000Z' }),
      at('p', 10, { pinned: true }),
    ];
    const order = [...markup({ view: dayView({ updates }) }).matchAll(/id="u-(\w)"/g)].map(([, id]) => id);
    expect(order).toEqual(['p', 'b', 'a', 'c']);
  });

  test('PAGE9 it leads to the nearest days that have something, to all days, and to the rest of a long one', () => {
    const text = markup({ view: dayView({ previous: 122, next: 130, more: 'cursor', updates: [update()] }) });
    expect(text).toContain('<a rel="prev" href="/gaza/day/122">122nd day</a>');
    expect(text).toContain('<a rel="next" href="/gaza/day/130">130th day</a>');
    expect(text).toContain('href="/gaza/days"');
    expect(text).toContain('href="/gaza/day/124?after=cursor"');
  });

  test('PAGE3 the zone of all times is named, with its offset on that day', () => {
    expect(words()).toContain('All times: Gaza, GMT+2');
    expect(wordsOf(dayMain(page({ view: dayView({ date: '2024-07-07' }) }), context('en', '2024-07-07')))).toContain(
      'All times: Gaza, GMT+3',
    );
  });
});
