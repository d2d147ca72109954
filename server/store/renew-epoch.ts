import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Commands } from './connection.ts';
import type { Keys } from './keys.ts';
import type { Known } from './store.ts';

const script = readFileSync(new URL('./scripts/renew-epoch.lua', import.meta.url), 'utf8');

/** What tells one life of a log from another. */
export const newEpoch = (): string => randomBytes(5).toString('hex');

/** Gives a log a new epoch unless it still has the change that is known of it; true where this call did. */
export async function renewEpoch(redis: Commands, keys: Keys, slug: string, known: Known): Promise<boolean> {
  const { timeline, chain } = keys.of(slug);
  const { position, hash } = known;
  const args = [position.epoch, position.seq, hash, newEpoch(), keys.wake, slug];
  return (await redis.eval(script, 2, timeline, chain, ...args)) === 1;
}
