import { Check, Link2, Plus, Star } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import type { DayView } from '../../../shared/day.ts';
import { headlineOf, plainText } from '../../../shared/text.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { IconButton } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { startDrag } from './drag.ts';

interface DayUpdatesProps {
  updates: readonly Update[];
  cited: ReadonlySet<string>;
  view: DayView;
  timeline: Timeline;
  onAdd: (update: Update) => void;
  onTie: (update: Update) => void;
}

/** The day’s updates. On one of them: arrows move, A or Enter adds it as a point, T ties it to the point that was edited last. */
export function DayUpdates({ updates, cited, view, timeline, onAdd, onTie }: DayUpdatesProps) {
  const [words, setWords] = useState('');
  const times = useMemo(
    () => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: timeline.timeZone }),
    [timeline.timeZone],
  );
  const shown = useMemo(() => updates.filter((update) => says(update, words)), [updates, words]);
  const onKeyDown = (event: KeyboardEvent, update: Update): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = (event.currentTarget as Element).parentElement;
    const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    if (next) next.querySelector<HTMLElement>('.update-head')?.focus();
    else if (event.key === 'a' || event.key === 'Enter') onAdd(update);
    else if (event.key === 't') onTie(update);
    else return;
    event.preventDefault();
  };
  return (
    <section class="day-updates" aria-labelledby="day-updates-title">
      <h2 id="day-updates-title">
        Updates of the day <span class="count">{updates.length}</span>
      </h2>
      <TextField label="Find in this day" name="words" type="search" value={words} onValue={setWords} />
      <p class="soft keys">
        <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>A</kbd> adds as a point · <kbd>T</kbd> ties to the point edited last
      </p>
      {shown.length === 0 && <p class="soft">Nothing of day {view.day} has these words.</p>}
      <ol>
        {shown.map((update) => (
          <li
            key={update.id}
            class={cited.has(update.id) ? 'cited' : undefined}
            draggable
            onDragStart={(event) => startDrag(event, 'update', update.id, headlineOf(update))}
          >
            <button
              type="button"
              class="update-head"
              lang={update.language}
              dir="auto"
              title="Add as a point"
              onKeyDown={(event) => onKeyDown(event, update)}
              onClick={() => onAdd(update)}
            >
              <span class="update-meta">
                <time dateTime={update.occurredAt}>
                  {update.precision === 'day' ? 'day' : times.format(Date.parse(update.occurredAt))}
                </time>
                {update.key && <Icon of={Star} label="key development" />}
                {update.status === 'retracted' && <span class="tag danger">retracted</span>}
                {cited.has(update.id) && <Icon of={Check} label="in the summary" />}
              </span>
              <span class="update-headline">{headlineOf(update)}</span>
            </button>
            <IconButton
              icon={Plus}
              label={`Add “${headlineOf(update)}” as a point`}
              tabIndex={-1}
              onClick={() => onAdd(update)}
            />
            <IconButton
              icon={Link2}
              label={`Tie “${headlineOf(update)}” to the point edited last`}
              tabIndex={-1}
              onClick={() => onTie(update)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function says({ headline, body }: Update, words: string): boolean {
  const wanted = words.trim().toLocaleLowerCase();
  return wanted === '' || `${headline} ${plainText(body)}`.toLocaleLowerCase().includes(wanted);
}
