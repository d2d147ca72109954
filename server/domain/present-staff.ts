import type { StaffUpdate } from '../../shared/staff-update.ts';
import type { StoredUpdate } from '../store/store.ts';

/** An update for its newsroom; every field is named, so that nothing else that is kept beside it leaks. */
export function presentStaffUpdate(stored: StoredUpdate): StaffUpdate {
  const { update, author, authorName = null, createdAt, publishAt, review } = stored;
  return {
    update,
    author: { id: author, name: authorName },
    createdAt,
    publishAt,
    review: review
      ? { state: review.state, by: review.byName, at: review.at, note: review.note, publishAt: review.publishAt }
      : null,
  };
}
