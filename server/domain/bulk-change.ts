import type { BulkChange } from '../../shared/back-office.ts';
import type { Update, UpdatePatch } from '../../shared/update.ts';

/** What one change of many asks of one update; an ordinary revision, that may find nothing to do. */
export function patchOf(change: BulkChange, { tags }: Pick<Update, 'tags'>): UpdatePatch {
  switch (change.kind) {
    case 'tag':
      return { tags: [...tags, change.tag] };
    case 'untag':
      return { tags: tags.filter((tag) => tag !== change.tag) };
    case 'flag':
      return { key: true };
    case 'unflag':
      return { key: false };
    case 'retract':
      return { status: 'retracted', reason: change.reason };
  }
}
