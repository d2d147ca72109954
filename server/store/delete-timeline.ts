import { readFileSync } from 'node:fs';
import { replyStatuses } from '../../shared/reply.ts';
import type { Commands } from './connection.ts';
import type { Keys } from './keys.ts';
import type { AuditEntry } from './store.ts';

const script = readFileSync(new URL('./scripts/delete-timeline.lua', import.meta.url), 'utf8');

/** Deletes a timeline and rings the bell, at which every node forgets it. False where there is none. */
export async function deleteTimeline(redis: Commands, keys: Keys, slug: string, audit: AuditEntry): Promise<boolean> {
  const { timeline, index, calendar, audit: auditLog, searchWords, readerBuckets, ...others } = keys.of(slug);
  const { day, revisions, summaryRevisions, searchPostings, replies, replyQueue, readers, ...single } = others;
  const named = [
    timeline,
    index,
    calendar,
    auditLog,
    searchWords,
    readerBuckets,
    ...Object.values(single),
    ...replyStatuses.map(replyQueue),
  ];
  const names = JSON.stringify({
    day: day(''),
    revisions: revisions(''),
    summaryRevisions: summaryRevisions(''),
    searchPostings: searchPostings(''),
    replies: replies(''),
    readers: readers(''),
  });
  const answer = await redis.eval(script, named.length, ...named, names, JSON.stringify(audit));
  // After the script: a name without a record is passed over, a record without a name would be lost from sight.
  await redis.srem(keys.timelines, slug);
  await redis.publish(keys.wake, slug);
  return answer === 1;
}
