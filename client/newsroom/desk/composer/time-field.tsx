import { useEffect, useId, useState } from 'preact/hooks';
import { live as words } from '../../../../shared/i18n/en.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import { serverNow } from '../server-clock.ts';
import { type EventTime, landing, setTo } from './event-time.ts';
import { wallAt } from './wall-clock.ts';

interface TimeFieldProps {
  when: EventTime;
  timeLabel: string;
  timeline: Timeline;
  fault: string | null;
  onWhen: (when: EventTime) => void;
  onTimeLabel: (label: string) => void;
}

const longDate = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** “Tuesday 6 February” */
export const inWords = (date: string): string => longDate.format(Date.parse(date)).replace(',', '');

/** When it happened, on the clocks of the conflict; and at once, on which conflict day that is. */
export function TimeField({ when, timeLabel, timeline, fault, onWhen, onTimeLabel }: TimeFieldProps) {
  const id = useId();
  const now = useMinute();
  const { timeZone } = timeline;
  const shown = when.kind === 'now' ? { ...wallAt(now, timeZone), precision: 'minute' as const } : when;
  const set = (change: Partial<Extract<EventTime, { kind: 'set' }>>): void =>
    onWhen({ ...(when.kind === 'now' ? setTo(serverNow(), timeZone) : when), ...change } as EventTime);
  const landed = landing(when, timeline, now);
  const wrong = fault ?? (landed.ok ? null : landed.fault);
  return (
    <fieldset class={wrong === null ? 'field time-field' : 'field time-field faulty'}>
      <legend>
        When it happened <span class="soft">({zoneName(timeZone)})</span>
      </legend>
      <div class="row">
        <button
          type="button"
          class="button plain"
          aria-pressed={when.kind === 'now'}
          onClick={() => onWhen(when.kind === 'now' ? setTo(serverNow(), timeZone) : { kind: 'now' })}
        >
          Now
        </button>
        <input
          type="date"
          aria-label="Date"
          aria-describedby={`${id}-day`}
          min={timeline.dayOne}
          value={shown.date}
          onInput={({ currentTarget }) => set({ date: currentTarget.value })}
        />
        {shown.precision !== 'day' && (
          <input
            type="time"
            aria-label="Time"
            value={shown.time}
            onInput={({ currentTarget }) => set({ time: currentTarget.value.slice(0, 5) })}
          />
        )}
        <select
          aria-label="How exactly the time is known"
          value={shown.precision}
          onChange={({ currentTarget }) => {
            const precision = currentTarget.value as 'minute' | 'hour' | 'day';
            set({ precision, ...(precision !== 'day' && shown.time === '' ? { time: '12:00' } : {}) });
          }}
        >
          <option value="minute">to the minute</option>
          <option value="hour">around this hour</option>
          <option value="day">only the day</option>
        </select>
        <input
          type="text"
          class="in-words"
          aria-label="Time in words, such as overnight"
          placeholder="in words: overnight"
          list={`${id}-words`}
          maxLength={60}
          value={timeLabel}
          onInput={({ currentTarget }) => onTimeLabel(currentTarget.value)}
        />
        <datalist id={`${id}-words`}>
          {['overnight', 'at dawn', 'in the morning', 'in the evening'].map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      </div>
      <p class={wrong === null ? 'lands' : 'fault'} id={`${id}-day`} role="status">
        {wrong ?? (landed.ok && `→ ${words.day(landed.day)}, ${inWords(landed.date)}`)}
      </p>
    </fieldset>
  );
}

const zoneName = (timeZone: string): string => timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The server’s time, told again every few seconds: “now” goes on, across midnight too. */
export function useMinute(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
