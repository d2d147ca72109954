import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstInstant, lastInstant, localDate, nextMidnight, today } from '../../../server/domain/zone.ts';
import { dateOfDay, dayNumber } from '../../../shared/conflict-day.ts';
import { changesOf, dateShown, offsetShown, zones } from './zone-oracle.ts';

const hour = 3_600_000;
const seed = 20231007;
const bounds = (date: string, zone: string) => [firstInstant(date, zone), lastInstant(date, zone)];
const next = (date: string) => dateOfDay(date, 2);

const zone = fc.constantFrom(...zones);
const date = fc.integer({ min: 1, max: dayNumber('1900-01-01', '2099-12-31') }).map((n) => dateOfDay('1900-01-01', n));
const instant = fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2099, 11, 31) });

describe('the local date of an instant', () => {
  test(`CD1 it is the date that wall clocks show, in every zone that Node knows (seed ${seed})`, () => {
    fc.assert(
      fc.property(zone, instant, (zone, at) => localDate(at, zone) === dateShown(at, zone)),
      { seed, numRuns: 4000 },
    );
  });

  test('CD1 an instant with an offset counts by the zone of the timeline, not by that offset', () => {
    expect(localDate('2024-02-07T23:30:00.000Z', 'Asia/Gaza')).toBe('2024-02-08');
    expect(localDate('2024-02-08T01:30:00.000+02:00', 'Asia/Gaza')).toBe('2024-02-08');
    expect(localDate('2024-02-07T23:30:00-08:00', 'Asia/Gaza')).toBe('2024-02-08');
    expect(today(Date.parse('2023-05-15T20:59:59.999Z'), 'Europe/Kyiv')).toBe('2023-05-15');
    expect(today(Date.parse('2023-05-15T21:00:00.000Z'), 'Europe/Kiev')).toBe('2023-05-16');
  });

  test('CD1 what is no instant, no zone or no date is an error, never a wrong date', () => {
    expect(() => localDate('yesterday', 'Asia/Gaza')).toThrow(RangeError);
    expect(() => localDate(0, 'Asia/Atlantis')).toThrow(RangeError);
    expect(() => firstInstant('2023-02-29', 'Asia/Gaza')).toThrow(RangeError);
  });
});

describe('the bounds of a local date', () => {
  const table: [string, string, string, string, string][] = [
    ['a plain day', 'Asia/Gaza', '2024-02-07', '2024-02-06T22:00:00.000Z', '2024-02-07T21:59:59.999Z'],
    ['23 hours', 'Europe/Kyiv', '2024-03-31', '2024-03-30T22:00:00.000Z', '2024-03-31T20:59:59.999Z'],
    ['25 hours', 'Europe/Kyiv', '2023-10-29', '2023-10-28T21:00:00.000Z', '2023-10-29T21:59:59.999Z'],
    ['24.5 hours', 'Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00.000Z', '2024-04-07T13:29:59.999Z'],
    ['begins at 01:00', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z'],
    ['begins at 01:00', 'Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z', '2024-03-31T20:59:59.999Z'],
    ['begins at 01:00', 'Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z', '2024-04-26T20:59:59.999Z'],
    ['begins at 01:00', 'Asia/Gaza', '2016-03-26', '2016-03-25T22:00:00.000Z', '2016-03-26T20:59:59.999Z'],
    ['00:00 shown twice in it', 'America/Havana', '2023-11-05', '2023-11-05T04:00:00.000Z', '2023-11-06T04:59:59.999Z'],
    ['23:00 shown twice in it', 'Asia/Beirut', '2023-10-28', '2023-10-27T21:00:00.000Z', '2023-10-28T21:59:59.999Z'],
    [
      '47 hours, a date lived twice',
      'Pacific/Kwajalein',
      '1969-09-30',
      '1969-09-29T13:00:00.000Z',
      '1969-10-01T11:59:59.999Z',
    ],
    [
      'seconds in the local mean time',
      'Africa/Monrovia',
      '1971-12-31',
      '1971-12-31T00:44:30.000Z',
      '1972-01-01T00:44:29.999Z',
    ],
    [
      'before a date that was skipped',
      'Pacific/Apia',
      '2011-12-29',
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T09:59:59.999Z',
    ],
    [
      'after a date that was skipped',
      'Pacific/Apia',
      '2011-12-31',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T09:59:59.999Z',
    ],
  ];
  test.each(table)('CD4 %s: %s, %s', (_what, zone, date, first, last) => {
    expect(bounds(date, zone)).toEqual([first, last]);
  });

  test('CD5 a date that the zone skipped has no instants', () => {
    expect(bounds('2011-12-30', 'Pacific/Apia')).toEqual([null, null]);
    expect(bounds('1993-08-21', 'Pacific/Kwajalein')).toEqual([null, null]);
    expect(bounds('1994-12-31', 'Pacific/Kiritimati')).toEqual([null, null]);
  });

  test('CD6 where clocks go back across midnight, the evening that returns belongs to the earlier date again', () => {
    const zone = 'America/St_Johns';
    expect(firstInstant('2010-11-07', zone)).toBe('2010-11-07T02:30:00.000Z');
    expect(lastInstant('2010-11-06', zone)).toBe('2010-11-07T03:29:59.999Z');
    expect(localDate('2010-11-07T02:30:30.000Z', zone)).toBe('2010-11-07');
    expect(localDate('2010-11-07T02:31:00.000Z', zone)).toBe('2010-11-06');
  });

  test(`CD4 they hold exactly the instants whose local date it is, and dates tile time (seed ${seed})`, () => {
    fc.assert(
      fc.property(zone, date, (zone, date) => checkAgainstOracle(date, zone)),
      { seed, numRuns: 600 },
    );
  });

  test(`CD4 and so they do around changes of the clocks (seed ${seed})`, () => {
    // Looking for the changes takes longer than checking them: a seed takes a fifth of all zones.
    const [some = []] = fc.sample(fc.shuffledSubarray([...zones], { minLength: 80, maxLength: 80 }), {
      seed,
      numRuns: 1,
    });
    const changes = some.flatMap((zone) => changesOf(zone, 1900, 2040).map((at) => ({ zone, at })));
    expect(changes.length).toBeGreaterThan(4_000);
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.constantFrom(-24, 0, 24), ({ zone, at }, hours) =>
        checkAgainstOracle(dateShown(at + hours * hour, zone), zone),
      ),
      { seed, numRuns: 600 },
    );
  });
});

describe('when today turns over', () => {
  const table: [string, string, string][] = [
    ['Asia/Gaza', '2024-02-07T16:20:00.000Z', '2024-02-07T22:00:00.000Z'],
    ['Asia/Gaza', '2024-02-07T22:00:00.000Z', '2024-02-08T22:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-03T12:00:00.000Z', '2018-11-04T03:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30T09:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Kwajalein', '1969-09-29T14:00:00.000Z', '1969-10-01T12:00:00.000Z'],
    ['America/St_Johns', '2010-11-07T02:30:10.000Z', '2010-11-07T02:31:00.000Z'],
  ];
  test.each(table)('CD7 in %s at %s: at %s', (zone, now, then) => {
    expect(new Date(nextMidnight(Date.parse(now), zone)).toISOString()).toBe(then);
  });

  test(`CD7 until then the date stays, then it is another (seed ${seed})`, () => {
    fc.assert(
      fc.property(zone, instant, (zone, now) => {
        const then = nextMidnight(now, zone);
        const date = dateShown(now, zone);
        expect(then).toBeGreaterThan(now);
        expect(dateShown(then, zone)).not.toBe(date);
        for (let at = now; at < then; at += hour / 4) expect(dateShown(at, zone)).toBe(date);
        expect(dateShown(then - 1, zone)).toBe(date);
      }),
      { seed, numRuns: 500 },
    );
  });
});

/** Every hour from before the day to after it, and every ms at the edges. */
function checkAgainstOracle(date: string, zone: string): void {
  const [first, last] = [Date.parse(firstInstant(date, zone) ?? ''), Date.parse(lastInstant(date, zone) ?? '')];
  const midnight = Date.parse(date);
  for (let at = midnight - 40 * hour; at < midnight + 64 * hour; at += hour) {
    if (dateShown(at, zone) === date) expect(first <= at && at <= last).toBe(true);
  }
  if (Number.isNaN(first)) return;
  expect([first - 1, first, last, last + 1].map((at) => dateShown(at, zone) === date)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  checkTiling(date, last, zone);
}

/** The next date that exists begins right after; or earlier, but only where clocks were put back in between. */
function checkTiling(date: string, last: number, zone: string): void {
  const following = firstInstant(next(date), zone) ?? firstInstant(next(next(date)), zone);
  const begins = Date.parse(following ?? '');
  if (begins === last + 1) return;
  expect(begins).toBeLessThan(last);
  expect(offsetShown(last, zone)).toBeLessThan(offsetShown(begins, zone));
}
