import type { Update } from '../update.ts';

/** The address of the place of an update on its day. `after`: which page of a long day that is; null: the first. */
export const placeOnDay = ({ timeline, day, id }: Update, after: string | null): string =>
  `/${timeline}/day/${day}${after === null ? '' : `?after=${after}`}#u-${id}`;
