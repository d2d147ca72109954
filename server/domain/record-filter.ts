import type { Update } from '../../shared/update.ts';
import type { StoredUpdate } from '../store/store.ts';

/** What staff look for beside words; absent: anything. */
export interface RecordFilter {
  from?: string | undefined;
  to?: string | undefined;
  status?: Update['status'] | undefined;
  /** Part of the name of whoever wrote it, or of its byline; or the author’s id. */
  author?: string | undefined;
  key?: boolean | undefined;
  verification?: Update['verification'] | undefined;
  tag?: string | undefined;
}

const isLike = (text: string | null | undefined, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) === true;

/** Whether the days alone decide. */
export const isOpen = ({ from: _from, to: _to, ...rest }: RecordFilter): boolean =>
  Object.values(rest).every((wanted) => wanted === undefined);

export const isWithin = ({ from, to }: RecordFilter, date: string): boolean =>
  (from === undefined || date >= from) && (to === undefined || date <= to);

export function fits(filter: RecordFilter, { update, author, authorName }: StoredUpdate): boolean {
  const { status, key, verification, tag, author: by } = filter;
  return (
    isWithin(filter, update.date) &&
    (status === undefined || update.status === status) &&
    (key === undefined || update.key === key) &&
    (verification === undefined || update.verification === verification) &&
    (tag === undefined || update.tags.includes(tag)) &&
    (by === undefined || author === by || isLike(authorName, by) || isLike(update.byline, by))
  );
}

/** When something of it last changed; of a draft, when it was begun. */
export const changedAt = ({ update, createdAt }: StoredUpdate): string =>
  update.revisedAt ?? update.publishedAt ?? createdAt;
