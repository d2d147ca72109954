import type { Change } from '../../shared/change.ts';
import type { PushNote } from '../../shared/push.ts';

/** Older news is no news: what is imported, or recorded days later, rings nobody’s phone. */
const longestMs = 12 * 3_600_000;
/** So long after its publication a key development is still told, where this server was away meanwhile. */
const latestMs = 2 * 3_600_000;

/** What those who asked for key developments are told of a change; null: nothing. `wasTold`: of the update, by an earlier change. */
export function noteworthy(change: Change, wasTold: boolean, now: number): PushNote['kind'] | null {
  switch (change.type) {
    case 'update.published':
    case 'update.revised':
      if (wasTold) return 'again';
      return change.update.key && isNews(change.update.occurredAt, change.at, now) ? 'show' : null;
    case 'update.retracted':
      return wasTold ? 'again' : null;
    case 'update.removed':
      return wasTold ? 'gone' : null;
    default:
      return null;
  }
}

const isNews = (occurredAt: string, at: string, now: number): boolean =>
  now - Date.parse(occurredAt) <= longestMs && now - Date.parse(at) <= latestMs;

/** Whether a reader’s quiet hours, which may go over midnight, hold at a time of day, all as `22:00`. */
export const isQuiet = ({ from, to }: { from: string; to: string }, time: string): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;
