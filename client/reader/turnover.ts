import type { Timeline } from '../../shared/timeline.ts';
import type { ViewContext } from '../../shared/view/context.ts';

const lookMs = 30_000;
/** So long after midnight all open pages together have asked. */
const spreadMs = 20_000;

/**
 * Tells when the conflict’s day number has grown: the date in its zone has become another one by the reader’s clock, which
 * may be wrong, and the server says so too. Looks now and then instead of waiting for midnight, for computers sleep.
 */
export function onNewDay(today: string, { formats, slug }: ViewContext, tell: (day: number) => void): void {
  let known = today;
  let asking = false;

  const look = (): void => {
    if (asking || formats.localDate(new Date().toISOString()) <= known) return;
    asking = true;
    setTimeout(
      () =>
        void ask()
          .catch(console.warn)
          .finally(() => (asking = false)),
      Math.random() * spreadMs,
    );
  };
  const ask = async (): Promise<void> => {
    const response = await fetch(`/api/v1/timelines/${slug}`, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`timeline: ${response.status}`);
    const timeline = (await response.json()) as Pick<Timeline, 'today'>;
    if (timeline.today.date <= known) return;
    known = timeline.today.date;
    tell(timeline.today.day);
  };
  setInterval(look, lookMs);
  document.addEventListener('visibilitychange', look);
}
