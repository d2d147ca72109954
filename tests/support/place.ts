import { readConfig } from '../../server/config.ts';
import type { Place } from '../../server/store/place.ts';

/** The place that an environment names, read as the server reads it. */
export function placeFrom(env: Record<string, string>): Place {
  const read = readConfig(env, []);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  if (!read.config.place) throw new Error('no place is named');
  return read.config.place;
}
