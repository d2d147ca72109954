import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until `condition` gives something other than false, null or undefined, and resolves to that.
 * For what has no event to wait for; throws after `withinMs`, with the last error that the condition threw.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  what = 'the condition',
  { withinMs = 15_000, everyMs = 20 } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined) return value as NonNullable<Exclude<T, false>>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(everyMs);
  }
  throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}`, { cause: last });
}
