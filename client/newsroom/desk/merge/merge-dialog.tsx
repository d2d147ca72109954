import { useState } from 'preact/hooks';
import { directionOf } from '../../../../shared/i18n/direction.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { type Field, type Form, fieldLabels, formOf } from '../composer/form.ts';
import { fieldText } from './field-text.ts';
import { type Choices, type Difference, differences, merged } from './merge.ts';

interface MergeDialogProps {
  /** What both began with. */
  base: Form;
  mine: Form;
  theirs: Update;
  timeline: Timeline;
  onMerged: (form: Form) => void;
}

/** Somebody else was faster: both versions side by side, field by field. Nothing is saved until one has chosen. */
export function MergeDialog({ base, mine, theirs, timeline, onMerged }: MergeDialogProps) {
  const [choices, setChoices] = useState<Choices>({});
  const other = formOf(theirs, timeline.timeZone);
  const found = differences(base, mine, other);
  const open = found.filter(({ field, fate }) => fate === 'both' && choices[field] === undefined).length;
  const finish = (): void => onMerged(merged(base, mine, other, choices));
  return (
    <Dialog title="Somebody else has changed this" width="wide" onClose={finish}>
      <p>
        {open > 0
          ? `Both of you changed ${open === 1 ? 'one field' : `${open} fields`}: choose whose to go on with. Both texts are here until you have saved.`
          : 'What each of you changed fits together. Look at it, then go on.'}
      </p>
      <div class="merge">
        {found.map((difference) => (
          <MergeRow
            key={difference.field}
            difference={difference}
            chosen={choices[difference.field] ?? (difference.fate === 'theirs' ? 'theirs' : 'mine')}
            mine={mine}
            theirs={other}
            onChoose={(choice) => setChoices({ ...choices, [difference.field]: choice })}
          />
        ))}
        {found.length === 0 && <p>Both versions say the same.</p>}
      </div>
      <div class="actions">
        <Button look="main" onClick={finish}>
          Go on with this
        </Button>
      </div>
    </Dialog>
  );
}

interface MergeRowProps {
  difference: Difference;
  chosen: 'mine' | 'theirs';
  mine: Form;
  theirs: Form;
  onChoose: (choice: 'mine' | 'theirs') => void;
}

function MergeRow({ difference: { field, fate }, chosen, mine, theirs, onChoose }: MergeRowProps) {
  const side = (whose: 'mine' | 'theirs', form: Form, label: string) => (
    <label class={chosen === whose ? 'side chosen' : 'side'}>
      <span>
        <input type="radio" name={`merge-${field}`} checked={chosen === whose} onChange={() => onChoose(whose)} />{' '}
        {label}
      </span>
      <SideText field={field} form={form} />
    </label>
  );
  return (
    <fieldset class={`merge-row ${fate}`} data-field={field}>
      <legend>
        {fieldLabels[field]}{' '}
        <span class="soft">
          {fate === 'both' ? 'changed by both' : `changed by ${fate === 'mine' ? 'you' : 'them'}`}
        </span>
      </legend>
      <div class="sides">
        {side('mine', mine, 'Yours')}
        {side('theirs', theirs, 'Theirs')}
      </div>
    </fieldset>
  );
}

function SideText({ field, form }: { field: Field; form: Form }) {
  const text = fieldText(form, field);
  return (
    <span class="side-text" lang={form.language} dir={directionOf(form.language)}>
      {text === '' ? '(empty)' : text}
    </span>
  );
}
