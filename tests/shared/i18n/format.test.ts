import { describe, expect, test } from '@jest/globals';
import { localDate } from '../../../server/domain/zone.ts';
import { type Formats, formats } from '../../../shared/i18n/format.ts';

const instant = '2024-02-07T16:20:00.000Z';
const inGaza = (language: string): Formats => formats(language, 'Asia/Gaza');

describe('dates and times', () => {
  const table: [string, string, string][] = [
    ['en', 'Wednesday 7 February 2024', '18:20'],
    ['en-US', 'Wednesday, February 7, 2024', '18:20'],
    ['ar', 'الأربعاء، 7 فبراير 2024', '18:20'],
    ['ar-PS', 'الأربعاء، 7 شباط 2024', '18:20'],
    ['he', 'יום רביעי, 7 בפברואר 2024', '18:20'],
    ['fa', 'چهارشنبه ۷ فوریهٔ ۲۰۲۴', '۱۸:۲۰'],
    ['uk', 'середа, 7 лютого 2024 р.', '18:20'],
    ['ru', 'среда, 7 февраля 2024 г.', '18:20'],
    ['fr', 'mercredi 7 février 2024', '18:20'],
    ['es', 'miércoles, 7 de febrero de 2024', '18:20'],
    ['de', 'Mittwoch, 7. Februar 2024', '18:20'],
    ['tr', '7 Şubat 2024 Çarşamba', '18:20'],
    ['it', 'mercoledì 7 febbraio 2024', '18:20'],
  ];
  test.each(table)('LANG8 in %s it is “%s”, %s', (language, date, time) => {
    // CLDR’s releases differ in the kinds of their spaces, and in nothing else here.
    expect(plain(inGaza(language).longDate('2024-02-07'))).toBe(date);
    expect(inGaza(language).time(instant)).toBe(time);
  });

  test('LANG8 the calendar is the Gregorian one and the digits Latin or the language’s own', () => {
    expect(inGaza('th').date('2024-02-07')).toContain('2024');
    expect(inGaza('fa').date('2024-02-07')).toContain('۲۰۲۴');
    expect(inGaza('ar-EG').date('2024-02-07')).toContain('2024');
    expect(inGaza('ar-u-nu-arab').date('2024-02-07')).toContain('٢٠٢٤');
    expect(inGaza('ar-EG').number(1234)).toBe('1,234');
  });

  test('LANG8 midnight is 00:00, in every language', () => {
    for (const language of ['en', 'en-US', 'ar', 'de', 'ru'])
      expect(inGaza(language).time('2024-02-06T22:00:00.000Z')).toBe('00:00');
  });

  test('LANG9 an instant and its date are those of the zone', () => {
    const late = '2024-02-07T22:30:00.000Z';
    expect(plain(inGaza('en').dateTime(late))).toBe('8 Feb 2024, 00:30');
    expect(inGaza('fa').localDate(late)).toBe('2024-02-08');
    for (const zone of ['Asia/Gaza', 'Pacific/Apia', 'America/St_Johns', 'Asia/Kathmandu']) {
      expect(formats('ar-EG', zone).localDate(late)).toBe(localDate(late, zone));
    }
  });

  test('LANG9 the zone has its name, and its offset at that time of the year', () => {
    expect(inGaza('en').zone(instant)).toMatchObject({ city: 'Gaza', offset: 'GMT+2' });
    expect(inGaza('en').zone('2024-07-07T16:20:00.000Z')).toMatchObject({ city: 'Gaza', offset: 'GMT+3' });
    expect(inGaza('ar').zone(instant)).toMatchObject({ name: 'توقيت غزة', offset: 'غرينتش+2' });
    expect(formats('en', 'America/Argentina/Buenos_Aires').zone(instant).city).toBe('Buenos Aires');
    expect(formats('en', 'Europe/Kiev').zone(instant).city).toBe('Kyiv');
    expect(formats('en', 'Etc/GMT+5').zone(instant)).toMatchObject({ city: 'UTC', offset: 'GMT-5' });
  });

  test('LANG10 how long ago is said in the largest whole unit', () => {
    const ago = (seconds: number) => inGaza('en').relative(instant, Date.parse(instant) + seconds * 1000);
    expect([0, 59, 60, 7199, 7200, 86_400, -90].map(ago)).toEqual([
      'now',
      '59 seconds ago',
      '1 minute ago',
      '1 hour ago',
      '2 hours ago',
      'yesterday',
      'in 1 minute',
    ]);
    expect(inGaza('uk').relative(instant, Date.parse(instant) + 180_000)).toBe('3 хвилини тому');
  });

  test('LANG10 lists are joined as the language joins them', () => {
    expect(inGaza('en').list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(inGaza('de').list(['a', 'b'])).toBe('a und b');
  });

  test('LANG8 a formatter is made once', () => {
    expect(inGaza('en')).toBe(inGaza('en'));
  });
});

const plain = (text: string): string => text.replace(/\s/g, ' ');
