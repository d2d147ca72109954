import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { CitedChange } from '../../../shared/back-office.ts';
import { Button, IconButton } from '../components/button.tsx';
import type { DayRecord } from './day-record.ts';
import {
  addPoint,
  type Draft,
  type DraftSection,
  moveSection,
  nameSection,
  placePoint,
  placeSection,
  removeSection,
} from './draft.ts';
import { draggedId, isDragging, isLowerHalf } from './drag.ts';
import { Grip } from './grip.tsx';
import { PointView } from './point-view.tsx';

export interface SectionProps {
  section: DraftSection;
  index: number;
  draft: Draft;
  record: DayRecord;
  changes: readonly CitedChange[];
  onChange: (next: Draft | ((before: Draft) => Draft)) => void;
  onMove: (key: string, next: (before: Draft) => Draft) => void;
  onActive: (key: string) => void;
  onDropUpdate: (id: string, at: { section: string; index: number }) => void;
  onTieUpdate: (id: string, key: string) => void;
}

/** One section with its points. With a single section a heading may stay empty. */
export function SectionView(props: SectionProps) {
  const { section, index, draft, onChange, onMove, onDropUpdate } = props;
  const [over, setOver] = useState(false);
  const name = section.heading.trim() || `Section ${index + 1}`;
  const isDroppable = (event: DragEvent): boolean =>
    ['update', 'point', 'section'].some((kind) => isDragging(event, kind as 'point'));

  const drop = (event: DragEvent): void => {
    setOver(false);
    event.preventDefault();
    const moved = draggedId(event, 'section');
    const to = isLowerHalf(event) ? index + 1 : index;
    if (moved === null) place(event, section.points.length);
    else onChange((before) => placeSection(before, moved, to));
  };
  const place = (event: DragEvent, at: number): void => {
    const update = draggedId(event, 'update');
    const point = draggedId(event, 'point');
    if (update !== null) onDropUpdate(update, { section: section.key, index: at });
    else if (point !== null) onMove(point, (before) => placePoint(before, point, section.key, at));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays itself out in its own way
    <div
      role="group"
      aria-label={name}
      class={over ? 'summary-section over' : 'summary-section'}
      onDragOver={(event) => {
        if (!isDroppable(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header>
        {draft.length > 1 && <Grip kind="section" id={section.key} label={name} />}
        <input
          aria-label={`Heading of section ${index + 1}`}
          placeholder={draft.length > 1 ? 'Heading' : 'No heading'}
          list="summary-headings"
          maxLength={300}
          value={section.heading}
          onInput={({ currentTarget: { value } }) => onChange((before) => nameSection(before, section.key, value))}
        />
        {draft.length > 1 && (
          <>
            <IconButton
              icon={ArrowUp}
              label={`Move section ${name} up`}
              disabled={index === 0}
              onClick={() => onChange((before) => moveSection(before, section.key, -1))}
            />
            <IconButton
              icon={ArrowDown}
              label={`Move section ${name} down`}
              disabled={index === draft.length - 1}
              onClick={() => onChange((before) => moveSection(before, section.key, 1))}
            />
            <IconButton
              icon={Trash2}
              label={`Remove heading ${name}, keep its points`}
              onClick={() => onChange((before) => removeSection(before, section.key))}
            />
          </>
        )}
      </header>
      <ol class="points">
        {section.points.map((point, at) => (
          <PointView
            key={point.key}
            {...props}
            point={point}
            number={at + 1}
            onPlace={(event, behind) => place(event, behind ? at + 1 : at)}
          />
        ))}
      </ol>
      {section.points.length === 0 && <p class="soft">No point here yet: add an update, or write one.</p>}
      <Button
        look="quiet"
        icon={Plus}
        onClick={() =>
          onChange((before) => addPoint(before, { text: '', updates: [] }, { section: section.key }).draft)
        }
      >
        Point
      </Button>
    </div>
  );
}
