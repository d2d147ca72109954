import { type Change, updateIdOf } from '../../shared/change.ts';
import { compareUpdates, isKeyDevelopment } from '../../shared/day.ts';
import type { Missed } from '../../shared/missed.ts';
import type { Update } from '../../shared/update.ts';

/** What happened, as far as a reader who was away has missed it: an update that came and went counts for nothing. */
export class MissedCount {
  readonly #published = new Map<string, Update>();
  readonly #corrected = new Set<string>();

  take(change: Change): void {
    const id = updateIdOf(change);
    if (id === null) return;
    if (change.type === 'update.removed') {
      this.#published.delete(id);
      this.#corrected.delete(id);
    } else if (change.type === 'update.published' || this.#published.has(id)) {
      if ('update' in change) this.#published.set(id, change.update);
    } else if ('update' in change && isCorrection(change)) this.#corrected.add(id);
  }

  /** The same of an update as it stands, where no log tells what happened since `after` (RFC 3339, the server’s clock). */
  takeUpdate(update: Update, after: string): void {
    if ((update.publishedAt ?? '') > after) this.#published.set(update.id, update);
    else if ((update.correction?.at ?? '') > after || (update.retraction?.at ?? '') > after)
      this.#corrected.add(update.id);
  }

  /** `day`: the one whose updates the asker wants to be told by their ids. */
  result(day: number | null): Omit<Missed, 'summaries'> {
    const updates = [...this.#published.values()].sort(compareUpdates);
    const first = updates.at(-1);
    return {
      updates: updates.length,
      key: updates.filter(isKeyDevelopment).length,
      corrections: this.#corrected.size,
      days: [...new Set(updates.map((update) => update.day))].sort((a, b) => b - a),
      first: first ? { id: first.id, day: first.day } : null,
      ids: updates.filter((update) => update.day === day).map(({ id }) => id),
    };
  }
}

function isCorrection({ type, at, update }: Extract<Change, { update: Update }>): boolean {
  return type === 'update.retracted' || update.correction?.at === at;
}
