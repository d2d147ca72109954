import { describe, expect, test } from '@jest/globals';
import { askedDay } from '../../../server/domain/asked-day.ts';
import { dayNumber } from '../../../shared/conflict-day.ts';
import { languages } from '../../../shared/i18n/catalogue.ts';

const gaza = { language: 'en', dayOne: '2023-10-07', today: { day: 1147, date: '2026-11-26' } };
const in_ = (language: string) => ({ ...gaza, language });

describe('a day that a reader asks for', () => {
  test.each([
    '124',
    'day 124',
    '124th day',
    ' 124th ',
    '2024-02-07',
    '2024/2/7',
    '7.2.2024',
    '07/02/2024',
    '7 Feb 2024',
    '7 February 2024',
    'February 7, 2024',
    'feb. 7 2024',
    'Wed 7 Feb 2024',
    '7 feb 24',
    '7 FÉVRIER 2024',
    '7. Februar 2024',
    '٧ فبراير ٢٠٢٤',
    '7 شباط 2024',
    '۷ فوریهٔ ۲۰۲۴',
    '7 лютого 2024',
  ])('FIND1 “%s” is the 124th day', (text) => {
    expect(askedDay(text, gaza)).toBe(124);
  });

  test.each([
    ['ar', '7 فبراير 2024'],
    ['ar', '٧ فبراير ٢٠٢٤'],
    ['ar', 'اليوم الـ١٢٤'],
    ['he', '7 בפברואר 2024'],
    ['fa', '۷ فوریهٔ ۲۰۲۴'],
    ['fa', 'روز ۱۲۴'],
    ['uk', '7 лютого 2024'],
    ['uk', 'лютий 7, 2024'],
    ['ru', '7 февраля 2024 г.'],
    ['fr', '7 février 2024'],
    ['es', '7 de febrero de 2024'],
    ['de', '7. Februar 2024'],
    ['tr', '7 Şubat 2024'],
    ['de', '7 Feb 2024'],
  ])('FIND1 in %s, “%s” is the 124th day', (language, text) => {
    expect(askedDay(text, in_(language))).toBe(124);
  });

  test.each([
    ['3 Sept 2024', 333],
    ['3 كانون الثاني 2024', 89],
    ['3 اغسطس 2024', 302],
    ['1,147', 1147],
    ['1.147', 1147],
  ])('FIND1 “%s” is day %i', (text, day) => {
    expect(askedDay(text, gaza)).toBe(day);
  });

  test('FIND1 no two languages mean another month by the same name', () => {
    for (const language of [...languages, 'ar-SY', 'fa-AF', 'en-GB'])
      for (const month of ['long', 'short'] as const)
        for (let at = 1; at <= 12; at++) {
          const date = `2024-${String(at).padStart(2, '0')}-07`;
          const locale = `${language}-u-ca-gregory`;
          const text = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric' }).format(
            Date.parse(date),
          );
          expect([text, askedDay(text, gaza)]).toEqual([text, dayNumber(gaza.dayOne, date)]);
        }
  });

  test('FIND1 without a year it is the latest such date that there is', () => {
    expect(askedDay('7 Feb', gaza)).toBe(855);
    expect(askedDay('27 November', gaza)).toBe(783);
    expect(askedDay('6 October', { ...gaza, today: { day: 10, date: '2023-10-16' } })).toBeNull();
  });

  test.each([
    '',
    'yesterday',
    '0',
    '1148',
    '99999999',
    '2023-10-06',
    '2026-11-27',
    '30 Feb 2024',
    '7 Feb 1024',
    '1 2 3',
    '-5',
    '7 Feb 22',
  ])('FIND2 “%s” is no day of this timeline', (text) => {
    expect(askedDay(text, gaza)).toBeNull();
  });
});
