import { describe, expect, test } from '@jest/globals';
import { eventTimeOf, landing, setTo } from '../../../../client/newsroom/desk/composer/event-time.ts';
import { instantOf, wallAt } from '../../../../client/newsroom/desk/composer/wall-clock.ts';
import { placeEvent } from '../../../../server/domain/moment.ts';
import type { TimelineRecord } from '../../../../shared/timeline.ts';
import { update } from '../../../shared/view/sample.ts';

const gaza = { dayOne: '2023-10-07', timeZone: 'Asia/Gaza', endedOn: null };
const now = Date.parse('2024-02-06T18:20:30.000Z');

describe('the time of an event in the composer', () => {
  test('DESK30 “now” lands on the conflict’s day, whatever zone the browser is in', () => {
    expect(landing({ kind: 'now' }, gaza, now)).toEqual({
      ok: true,
      day: 123,
      date: '2024-02-06',
      occurredAt: '2024-02-06T18:20:30.000Z',
    });
    const late = Date.parse('2024-02-06T22:30:00.000Z');
    expect(landing({ kind: 'now' }, gaza, late)).toMatchObject({ day: 124, date: '2024-02-07' });
  });

  test('DESK30 what the composer foresees is what the server decides', () => {
    const record = { ...gaza, slug: 'gaza' } as TimelineRecord;
    const times = [
      { date: '2024-02-06', time: '20:10', precision: 'minute' as const },
      { date: '2024-02-06', time: '00:00', precision: 'hour' as const },
      { date: '2024-02-05', time: '', precision: 'day' as const },
      { date: '2023-10-06', time: '12:00', precision: 'minute' as const },
      { date: '2024-02-06', time: '20:27', precision: 'minute' as const },
      { date: '2024-02-07', time: '', precision: 'day' as const },
    ];
    for (const time of times) {
      const foreseen = landing({ kind: 'set', ...time }, gaza, now);
      const sent = foreseen.ok
        ? foreseen.occurredAt
        : time.precision === 'day'
          ? time.date
          : `${time.date}T${time.time}:00+02:00`;
      const decided = placeEvent(record, sent, time.precision, now);
      expect([time, decided.ok]).toEqual([time, foreseen.ok]);
      if (foreseen.ok && decided.ok)
        expect(foreseen).toMatchObject({ day: decided.value.day, date: decided.value.date });
    }
  });

  test('DESK31 a time that clocks skip does not exist, one that they show twice is the first', () => {
    expect(instantOf({ date: '2024-03-31', time: '02:30' }, 'Europe/Berlin')).toBeNull();
    const twice = instantOf({ date: '2024-10-27', time: '02:30' }, 'Europe/Berlin');
    expect(new Date(twice ?? 0).toISOString()).toBe('2024-10-27T00:30:00.000Z');
    expect(
      landing(
        { kind: 'set', date: '2024-03-31', time: '02:30', precision: 'minute' },
        { ...gaza, timeZone: 'Europe/Berlin' },
        now + 1e10,
      ),
    ).toMatchObject({ ok: false });
  });

  test('DESK31 wall clocks and instants are each other’s inverse in every zone that has an odd offset', () => {
    for (const zone of [
      'Asia/Kathmandu',
      'Asia/Tehran',
      'America/St_Johns',
      'Pacific/Apia',
      'Africa/Monrovia',
      'Europe/Kyiv',
    ]) {
      for (let hour = 0; hour < 400; hour += 7) {
        const instant = Date.parse('2024-03-25T00:10:00Z') + hour * 3_600_000;
        const back = instantOf(wallAt(instant, zone), zone);
        expect([zone, back === instant || wallAt(back ?? 0, zone)]).toEqual([
          zone,
          back === instant || wallAt(instant, zone),
        ]);
      }
    }
  });

  test('DESK30 an update’s own time comes back as it was', () => {
    const shown = eventTimeOf(update({ occurredAt: '2024-02-06T18:20:00.000Z', date: '2024-02-06' }), 'Asia/Gaza');
    expect(shown).toEqual({ kind: 'set', date: '2024-02-06', time: '20:20', precision: 'minute' });
    expect(setTo(now, 'Asia/Gaza')).toEqual(shown);
  });
});
