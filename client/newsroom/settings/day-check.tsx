import { CalendarDays } from 'lucide';
import { dayNumber } from '../../../shared/conflict-day.ts';
import { summaryTitle } from '../../../shared/i18n/ordinal.ts';
import { Icon } from '../components/icon.tsx';
import { dateIn } from './zones.ts';

interface DayCheckProps {
  dayOne: string;
  timeZone: string;
  subject: string;
  language: string;
}

/** What today would be, as soon as day one and the zone say it. */
export function DayCheck({ dayOne, timeZone, subject, language }: DayCheckProps) {
  const today = dateIn(timeZone, Date.now());
  const isDate = /^\d{4}-\d\d-\d\d$/.test(dayOne);
  const day = today !== null && isDate ? dayNumber(dayOne, today) : null;
  return (
    <div class="day-check" role="status">
      <Icon of={CalendarDays} />
      <p>{sayOf(day, today)}</p>
      {day !== null && day >= 1 && subject.trim() !== '' && (
        <p class="soft" dir="auto" lang={language}>
          {summaryTitle(day, subject.trim(), language)}
        </p>
      )}
    </div>
  );
}

function sayOf(day: number | null, today: string | null): string {
  if (day === null) return 'Day one and the time zone say which day it is.';
  return day < 1 ? `Day one lies after today, ${today}.` : `Today, ${today} there, would be day ${day}.`;
}
