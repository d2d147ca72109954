import { ArrowDown, ArrowUp, Star } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import type { StaffUpdate } from '../../../shared/staff-update.ts';
import { headlineOf } from '../../../shared/text.ts';
import { Icon } from '../components/icon.tsx';
import { Menu } from '../components/menu.tsx';
import { RelativeTime } from '../components/relative-time.tsx';

interface RecordTableProps {
  rows: readonly StaffUpdate[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  timeZone: string;
  sort: string;
  /** With words the order is that of the search. */
  canSort: boolean;
  onSort: (sort: string) => void;
}

const optional = ['Verification', 'Author', 'Tags', 'Changed'] as const;
type Optional = (typeof optional)[number];
const kept = 'daymark:record-columns';

const tone: Record<string, string> = { published: 'good', retracted: 'danger', scheduled: 'warn', disputed: 'warn' };

/** The rows on a desk as a table with a head that stays, on a phone as cards. Arrows lead from box to box. */
export function RecordTable({ rows, selected, onSelect, timeZone, sort, canSort, onSort }: RecordTableProps) {
  const [hidden, setHidden] = useState<readonly string[]>(() => (localStorage.getItem(kept) ?? '').split(' '));
  const times = useMemo(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }), [timeZone]);
  const has = (column: Optional): boolean => !hidden.includes(column);
  const toggle = (column: Optional): void => {
    const next = has(column) ? [...hidden, column] : hidden.filter((one) => one !== column);
    setHidden(next);
    localStorage.setItem(kept, next.join(' '));
  };
  const all = rows.length > 0 && rows.every(({ update }) => selected.has(update.id));
  const check = (id: string, on: boolean): void => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <>
      <div class="table-tools">
        <Menu
          label="Columns"
          text="Columns"
          items={optional.map((column) => ({
            label: `${has(column) ? 'Hide' : 'Show'} ${column.toLowerCase()}`,
            onSelect: () => toggle(column),
          }))}
        />
      </div>
      <table class="table record-table">
        <caption class="unseen">Updates</caption>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                checked={all}
                onChange={() => onSelect(all ? new Set() : new Set(rows.map(({ update }) => update.id)))}
              />
            </th>
            <SortHead
              title="Event"
              canSort={canSort}
              direction={sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : undefined}
              onSort={() => onSort(sort === 'newest' ? 'oldest' : 'newest')}
            />
            <th scope="col">Headline</th>
            <th scope="col">Status</th>
            {has('Verification') && <th scope="col">Verification</th>}
            {has('Author') && <th scope="col">Author</th>}
            {has('Tags') && <th scope="col">Tags</th>}
            {has('Changed') && (
              <SortHead
                title="Changed"
                canSort={canSort}
                direction={sort === 'changed' ? 'descending' : undefined}
                onSort={() => onSort(sort === 'changed' ? 'newest' : 'changed')}
              />
            )}
            <th scope="col">
              <span class="unseen">On the desk</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ update, author, createdAt, publishAt }) => (
            <tr key={update.id} class={selected.has(update.id) ? 'selected' : undefined}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Select “${headlineOf(update)}”`}
                  checked={selected.has(update.id)}
                  onChange={({ currentTarget }) => check(update.id, currentTarget.checked)}
                  onKeyDown={toNextBox}
                />
              </td>
              <td data-title="Event" class="event">
                <time dateTime={update.occurredAt}>
                  {update.date}
                  {update.precision !== 'day' && ` ${times.format(Date.parse(update.occurredAt))}`}
                </time>{' '}
                <span class="soft">day {update.day}</span>
              </td>
              <th scope="row" lang={update.language} dir="auto">
                {update.key && <Icon of={Star} label="Key development:" />}{' '}
                {update.publishedAt === null ? headlineOf(update) : <a href={update.url}>{headlineOf(update)}</a>}
              </th>
              <td data-title="Status">
                <span class={`tag ${tone[update.status] ?? ''}`}>{update.status}</span>
                {publishAt !== null && (
                  <>
                    {' '}
                    <RelativeTime at={publishAt} />
                  </>
                )}
              </td>
              {has('Verification') && (
                <td data-title="Verification">
                  <span class={`tag ${tone[update.verification] ?? ''}`}>{update.verification}</span>
                </td>
              )}
              {has('Author') && <td data-title="Author">{update.byline ?? author.name ?? author.id}</td>}
              {has('Tags') && (
                <td data-title="Tags">{update.tags.length > 0 && <bdi>{update.tags.join(', ')}</bdi>}</td>
              )}
              {has('Changed') && (
                <td data-title="Changed">
                  <RelativeTime at={update.revisedAt ?? update.publishedAt ?? createdAt} />
                </td>
              )}
              <td class="row-actions">
                <a
                  href={`/newsroom/${update.timeline}?day=${update.day}&edit=${update.id}`}
                  aria-label={`Edit “${headlineOf(update)}”`}
                >
                  Edit
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface SortHeadProps {
  title: string;
  canSort: boolean;
  direction: 'ascending' | 'descending' | undefined;
  onSort: () => void;
}

function SortHead({ title, canSort, direction, onSort }: SortHeadProps) {
  return (
    <th scope="col" aria-sort={canSort ? (direction ?? 'none') : undefined}>
      {canSort ? (
        <button type="button" class="sort" onClick={onSort}>
          {title}
          {direction && <Icon of={direction === 'ascending' ? ArrowUp : ArrowDown} />}
        </button>
      ) : (
        title
      )}
    </th>
  );
}

function toNextBox(event: KeyboardEvent): void {
  const row = (event.currentTarget as Element).closest('tr');
  const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
  if (!next) return;
  event.preventDefault();
  next.querySelector<HTMLInputElement>('input[type=checkbox]')?.focus();
}
