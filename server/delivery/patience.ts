const mostWaitMs = 3_600_000;
/** A receiver that has failed for so long, and so often, is told nothing more until somebody looks after it. */
const lastingMs = 3 * 86_400_000;
const lastingAttempts = 10;

/** When to try again (ms from now) after so many failures: 1 s, doubled up to an hour, and spread over half of that. */
export function waitAfter(failures: number, askedFor: number | null, random: () => number): number {
  const most = Math.min(mostWaitMs, 1_000 * 2 ** Math.min(failures - 1, 20));
  return Math.ceil(Math.max(most * (0.5 + random() / 2), Math.min(askedFor ?? 0, mostWaitMs)));
}

/** A clock that was set back must not make anybody wait for days. */
export const isDue = (nextAt: number, now: number): boolean => nextAt <= now || nextAt > now + mostWaitMs;

export const isLasting = (failingSince: string, failures: number, now: number): boolean =>
  failures >= lastingAttempts && now - Date.parse(failingSince) >= lastingMs;
