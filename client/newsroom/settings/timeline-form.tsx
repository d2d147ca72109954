import { useState } from 'preact/hooks';
import type { Timeline, TimelinePatch } from '../../../shared/timeline.ts';
import { CheckField, SelectField, TextArea, TextField } from '../components/field.tsx';
import { DayCheck } from './day-check.tsx';
import { PanelForm } from './panel.tsx';
import { useSave } from './use-save.ts';
import { ZoneField } from './zone-field.tsx';
import { languages } from './zones.ts';

export interface TimelineFormProps {
  timeline: Timeline;
  onSaved: (timeline: Timeline) => void;
  onStale: () => void;
}

/** What the public record says of the timeline itself. */
export function TimelineForm({ timeline, onSaved, onStale }: TimelineFormProps) {
  const { save, isBusy, problem } = useSave<Timeline, TimelinePatch>(
    `/timelines/${timeline.slug}`,
    timeline,
    onSaved,
    onStale,
  );
  const { title, subject, description, dayOne, timeZone, language, replies } = timeline;
  const [input, setInput] = useState({ title, subject, description, dayOne, timeZone, language, replies });
  const field = (name: 'title' | 'subject' | 'description' | 'dayOne' | 'language') => ({
    name,
    value: input[name],
    problem,
    onValue: (value: string) => setInput((before) => ({ ...before, [name]: value })),
  });
  const known = languages.some(({ value }) => value === language)
    ? languages
    : [...languages, { value: language, label: language }];
  return (
    <PanelForm
      title="The timeline"
      isBusy={isBusy}
      problem={problem}
      onSave={() => void save(changesOf(timeline, input))}
    >
      <TextField label="Title" {...field('title')} dir="auto" />
      <TextField label="Subject" {...field('subject')} dir="auto" hint="Completes “… of the 124th day of …”." />
      <TextArea label="Description" {...field('description')} optional dir="auto" rows={3} />
      <TextField
        label="Day one"
        {...field('dayOne')}
        type="date"
        hint="Stays as it is once there are updates, as does the zone."
      />
      <ZoneField
        value={input.timeZone}
        problem={problem}
        onValue={(value) => setInput((before) => ({ ...before, timeZone: value }))}
      />
      <DayCheck {...input} />
      <SelectField label="Language of its pages" {...field('language')} choices={known} />
      <CheckField
        label="Readers may reply"
        hint="A reply is shown after an editor has approved it."
        checked={input.replies === 'moderated'}
        onChecked={(on) => setInput((before) => ({ ...before, replies: on ? 'moderated' : 'off' }))}
      />
    </PanelForm>
  );
}

/** Only what differs is sent: what a colleague has changed of the rest stays. */
const changesOf = (before: Timeline, input: TimelinePatch): TimelinePatch =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== before[name as keyof Timeline]),
  ) as TimelinePatch;
