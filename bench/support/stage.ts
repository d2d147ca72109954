import { dayNumber } from '../../shared/conflict-day.ts';
import { newTimeline, newUpdates } from './changes.ts';
import type { Cleanup } from './cleanup.ts';
import { Daymark } from './daymark.ts';
import { startRedis } from './redis.ts';

export const stageDate = '2024-02-07';

/** The product on a durable Redis of its own, with one timeline and one day of 100 updates of about 1 kB. */
export interface Stage {
  daymark: Daymark;
  redisUrl: string;
  dayPath: string;
  dayJsonPath: string;
}

export async function setStage(cleanup: Cleanup): Promise<Stage> {
  const redisUrl = await startRedis(cleanup);
  const daymark = await Daymark.start(redisUrl, cleanup);
  await daymark.createTimeline(newTimeline);
  await daymark.importAll('bench', newUpdates(stageDate, 100, 1_000));
  const day = dayNumber(newTimeline.dayOne, stageDate);
  return { daymark, redisUrl, dayPath: `/bench/day/${day}`, dayJsonPath: `/api/v1/timelines/bench/days/${day}` };
}
