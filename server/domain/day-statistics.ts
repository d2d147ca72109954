import type { DayStatistics } from '../../shared/back-office.ts';
import { isKeyDevelopment } from '../../shared/day.ts';
import type { StoredUpdate } from '../store/store.ts';

/** What a day’s public updates come to. */
export function statisticsOf(day: number, date: string, updates: readonly StoredUpdate[]): DayStatistics {
  const count = (is: (one: StoredUpdate) => boolean): number => updates.filter(is).length;
  const verified = (as: string): number => count(({ update }) => update.verification === as);
  return {
    day,
    date,
    updates: updates.length,
    key: count(({ update }) => isKeyDevelopment(update)),
    corrected: count(({ update }) => update.correction !== null),
    retracted: count(({ update }) => update.retraction !== null),
    authors: authorsOf(updates),
    verification: {
      claim: verified('claim'),
      reported: verified('reported'),
      confirmed: verified('confirmed'),
      disputed: verified('disputed'),
    },
  };
}

/** Who wrote how many, most first. */
function authorsOf(updates: readonly StoredUpdate[]): DayStatistics['authors'] {
  const authors = new Map<string, DayStatistics['authors'][number]>();
  for (const { author, authorName = null } of updates) {
    const known = authors.get(author) ?? { id: author, name: null, updates: 0 };
    authors.set(author, { id: author, name: known.name ?? authorName, updates: known.updates + 1 });
  }
  return [...authors.values()].sort((a, b) => b.updates - a.updates || (a.id < b.id ? -1 : 1));
}
