import { describe, expect, test } from '@jest/globals';
import { askedDay } from '../../../server/domain/asked-day.ts';

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
  ])('FIND2 “%s” is no day of this timeline', (text) => {
    expect(askedDay(text, gaza)).toBeNull();
  });
});
