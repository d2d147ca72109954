import { useEffect, useState } from 'preact/hooks';

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** “5 minutes ago”, “in 2 days”; below a minute “just now”, or “in a moment”. */
export function relativeTime(at: number, now: number): string {
  const seconds = (at - now) / 1_000;
  const found = units.find(([, length]) => Math.abs(seconds) >= length);
  if (found) return relative.format(Math.trunc(seconds / found[1]), found[0]);
  // Clocks differ by a second or two: what has happened must not be said to come.
  return seconds > 3 ? 'in a moment' : 'just now';
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all of them. */
function everyHalfMinute(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tick of listeners) tick();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** An instant as the distance from now, which keeps up; the whole of it as tooltip, in the browser’s own zone. */
export function RelativeTime({ at }: { at: string }) {
  const [, tick] = useState(0);
  useEffect(() => everyHalfMinute(() => tick((number) => number + 1)), []);
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={absolute.format(ms)}>
      {relativeTime(ms, Date.now())}
    </time>
  );
}
