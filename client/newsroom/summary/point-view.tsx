import { ArrowDown, ArrowUp, Link2Off, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { limits } from '../../../shared/limits.ts';
import { headlineOf } from '../../../shared/text.ts';
import { IconButton } from '../components/button.tsx';
import { ChangedNote } from './changed-note.tsx';
import { type DraftPoint, editPoint, movePoint, removePoint, untie } from './draft.ts';
import { draggedId, isDragging, isLowerHalf } from './drag.ts';
import { Grip } from './grip.tsx';
import type { SectionProps } from './section-view.tsx';

interface PointProps extends SectionProps {
  point: DraftPoint;
  number: number;
  /** Something was dropped on it; `behind`: on its lower half. */
  onPlace: (event: DragEvent, behind: boolean) => void;
}

/** One point: its text, the updates behind it, and what has become of them. Alt with an arrow moves it. */
export function PointView({
  point,
  number,
  record,
  changes,
  onChange,
  onMove,
  onActive,
  onTieUpdate,
  onPlace,
}: PointProps) {
  const [edge, setEdge] = useState<'above' | 'below' | 'tie' | null>(null);
  const name = point.text.trim().slice(0, 60) || `point ${number}`;
  const step = (by: -1 | 1): void => onMove(point.key, (before) => movePoint(before, point.key, by));
  const changed = changes.filter(({ id }) => point.updates.includes(id));

  return (
    <li
      class={edge ? `point ${edge}` : 'point'}
      onFocusCapture={() => onActive(point.key)}
      onDragOver={(event) => {
        if (!isDragging(event, 'update') && !isDragging(event, 'point')) return;
        event.preventDefault();
        event.stopPropagation();
        setEdge(isLowerHalf(event) ? 'below' : 'above');
      }}
      onDragLeave={() => setEdge(null)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setEdge(null);
        onPlace(event, isLowerHalf(event));
      }}
    >
      <Grip kind="point" id={point.key} label={name} />
      <textarea
        aria-label={`Text of point ${number}`}
        rows={2}
        maxLength={limits.pointCharacters}
        lang={record.timeline.language}
        dir="auto"
        value={point.text}
        onInput={({ currentTarget: { value } }) => onChange((before) => editPoint(before, point.key, value))}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          step(event.key === 'ArrowUp' ? -1 : 1);
          const field = event.currentTarget;
          queueMicrotask(() => field.focus());
        }}
      />
      <div class="point-tools">
        <IconButton icon={ArrowUp} label={`Move “${name}” up`} onClick={() => step(-1)} />
        <IconButton icon={ArrowDown} label={`Move “${name}” down`} onClick={() => step(1)} />
        <IconButton
          icon={Trash2}
          label={`Remove “${name}”`}
          onClick={() => onChange((before) => removePoint(before, point.key))}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way among others */}
      <div
        class="ties"
        onDragOver={(event) => {
          if (!isDragging(event, 'update')) return;
          event.preventDefault();
          event.stopPropagation();
          setEdge('tie');
        }}
        onDrop={(event) => {
          const id = draggedId(event, 'update');
          if (id === null) return;
          event.preventDefault();
          event.stopPropagation();
          setEdge(null);
          onTieUpdate(id, point.key);
        }}
      >
        {point.updates.length === 0 && <span class="soft">Tied to no update</span>}
        {point.updates.map((id) => (
          <Tie key={id} id={id} record={record} onUntie={() => onChange((before) => untie(before, point.key, id))} />
        ))}
      </div>
      {changed.map((change) => (
        <ChangedNote key={change.id} change={change} />
      ))}
    </li>
  );
}

function Tie({
  id,
  record: { updates, changes },
  onUntie,
}: {
  id: string;
  record: PointProps['record'];
  onUntie: () => void;
}) {
  const update = updates.find((one) => one.id === id) ?? changes.find((one) => one.id === id)?.now;
  const name = update ? headlineOf(update) : changes.some((one) => one.id === id) ? 'taken down' : 'of another day';
  return (
    <span class="tie">
      <a href={update?.url ?? `#${id}`} target="_blank" rel="noreferrer" dir="auto" title={name}>
        {name}
      </a>
      <IconButton icon={Link2Off} label={`Untie “${name}”`} onClick={onUntie} />
    </span>
  );
}
