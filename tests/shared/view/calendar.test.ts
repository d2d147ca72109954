import { describe, expect, test } from '@jest/globals';
import type { DayEntry } from '../../../shared/day.ts';
import { calendar } from '../../../shared/view/calendar.ts';
import { context, timeline } from './sample.ts';

const entry = (date: string, day: number, more: Partial<DayEntry> = {}): DayEntry => ({
  day,
  date,
  updates: 1,
  key: 0,
  hasSummary: false,
  revisedAt: null,
  ...more,
});

const drawn = (entries: DayEntry[], language = 'en'): string => calendar(timeline(), entries, context(language)).text;
const shadesOf = (text: string): string[] =>
  [...text.matchAll(/<a [^>]*>.*?class="(h\d)"/g)].map(([, shade = '']) => shade);

describe('the calendar', () => {
  test('FIND3 every day that has something is a link to it that says what it has', () => {
    const text = drawn([entry('2024-02-07', 124, { updates: 14 })]);
    expect(text).toContain(
      '<a href="/gaza/day/124" tabindex="-1"><title>124th day · 7 February 2024 · 14 updates</title>',
    );
  });

  test('FIND3 a day among the busiest has the darkest shade, a quiet one the lightest, whatever the one great day', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 900];
    const text = drawn(counts.map((updates, i) => entry(`2024-02-0${i + 1}`, 118 + i, { updates })));
    expect(shadesOf(text)).toEqual(['h1', 'h1', 'h1', 'h2', 'h2', 'h3', 'h3', 'h4']);
  });

  test('FIND3 key developments and summaries are marked, and years without anything are left out', () => {
    const days = [entry('2024-02-07', 124, { key: 2, hasSummary: true }), entry('2024-02-08', 125)];
    const text = drawn(days).split('<figcaption')[0] ?? '';
    expect(text.match(/<circle/g)).toHaveLength(1);
    expect(text.match(/class="sum"/g)).toHaveLength(1);
    expect([...text.matchAll(/class="year"[^>]*>(\d+)/g)].map(([, year]) => year)).toEqual(['2024']);
  });

  test('FIND3 months have their days and no more, and begin at day one', () => {
    const text = drawn([entry('2023-10-07', 1), entry('2024-02-29', 146)])
      .split('class="year"')
      .reverse()
      .join();
    const squares = (month: string) =>
      new RegExp(`>${month}</text><path d="([^"]*)"`).exec(text)?.[1]?.match(/M/g)?.length;
    expect([squares('Oct'), squares('Feb'), squares('Apr')]).toEqual([25, 29, 30]);
  });

  test('FIND3 where the language runs from the right, so do the days', () => {
    const first = (text: string) => Number(/class="h1" d="M(\d+)/.exec(text)?.[1]);
    const [ltr, rtl] = [drawn([entry('2024-02-01', 118)]), drawn([entry('2024-02-01', 118)], 'ar')];
    expect(first(rtl)).toBeGreaterThan(first(ltr));
  });
});
