import type { Settings } from '../../shared/settings.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';
import type { Effect, NewChange } from '../store/store.ts';
import type { Actor } from './actor.ts';

/** What every decision knows besides the command. `now` in ms. */
export interface Context {
  record: TimelineRecord;
  settings: Settings;
  actor: Actor;
  now: number;
}

/** What a decision wants written; `change` is null where nothing visible happens, `unchanged` where nothing differs at all. */
export type Decision = Write | { kind: 'unchanged' };
export interface Write {
  kind: 'write';
  change: NewChange | null;
  effect: Effect;
}

export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** A time of a revision never lies before the one it follows, whatever the clock of this machine did meanwhile. */
export const atLeast = (now: number, ...earlier: (string | null)[]): string =>
  isoOf(Math.max(now, ...earlier.map((instant) => (instant ? Date.parse(instant) : 0))));
