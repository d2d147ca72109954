import { messagesFor } from './catalogue.ts';

/** “124th day”, “اليوم الـ124”, “124-й день”. */
export function dayLabel(day: number, language: string): string {
  return messagesFor(language).day(day);
}

/** “Most important developments of the 124th day of the war on the Gaza Strip”. */
export function summaryTitle(day: number, subject: string, language: string): string {
  return messagesFor(language).summaryTitle(day, subject);
}
