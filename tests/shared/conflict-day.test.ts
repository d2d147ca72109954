import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateOfDay, dayNumber, isCalendarDate } from '../../shared/conflict-day.ts';

const seed = 20231007;
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

describe('conflict days', () => {
  const table: [string, string, number][] = [
    ['2023-10-07', '2023-10-07', 1],
    ['2023-10-07', '2024-02-07', 124],
    ['2022-02-24', '2023-05-15', 446],
    ['2023-10-07', '2023-10-06', 0],
    ['2023-10-07', '2023-10-05', -1],
    ['2011-12-29', '2011-12-31', 3],
    ['1900-01-01', '1900-03-01', 60],
    ['2000-02-28', '2000-03-01', 3],
    ['1914-07-28', '1918-11-11', 1568],
  ];
  test.each(table)('CD2 with day one %s, %s is day %i', (dayOne, date, day) => {
    expect(dayNumber(dayOne, date)).toBe(day);
    expect(dateOfDay(dayOne, day)).toBe(date);
  });

  test(`CD2 number and date are each other’s inverse (seed ${seed})`, () => {
    fc.assert(
      fc.property(date, date, fc.integer({ min: -1000, max: 50_000 }), (dayOne, date, day) => {
        expect(dateOfDay(dayOne, dayNumber(dayOne, date))).toBe(date);
        expect(dayNumber(dayOne, dateOfDay(dayOne, day))).toBe(day);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test(`CD2 each date is the next number, with none left out (seed ${seed})`, () => {
    fc.assert(
      fc.property(date, date, (dayOne, date) => dayNumber(dayOne, dateOfDay(date, 2)) === dayNumber(dayOne, date) + 1),
      { seed, numRuns: 2000 },
    );
  });

  test('CD3 a date that a zone skipped still has its number', () => {
    expect(dayNumber('2011-12-29', '2011-12-30')).toBe(2);
    expect(dateOfDay('2011-12-29', 2)).toBe('2011-12-30');
  });

  test('CD2 only what the Gregorian calendar has is a date', () => {
    for (const good of ['2024-02-29', '2000-02-29', '1900-01-01', '2023-12-31'])
      expect(isCalendarDate(good)).toBe(true);
    for (const bad of [
      '2023-02-29',
      '1900-02-29',
      '2023-13-01',
      '2023-00-10',
      '2023-4-01',
      '20230401',
      '2023-04-31',
      ' 2023-04-01',
      '2023-04-01T00:00:00Z',
      '+02023-04-01',
      '',
    ]) {
      expect(isCalendarDate(bad)).toBe(false);
    }
    expect(() => dayNumber('2023-02-29', '2023-03-01')).toThrow(RangeError);
    expect(() => dateOfDay('today', 1)).toThrow(RangeError);
  });
});
