import { useEffect, useId, useRef } from 'preact/hooks';
import { directionOf } from '../../../../shared/i18n/direction.ts';
import { limits } from '../../../../shared/limits.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Image } from '../../../../shared/update.ts';
import { faultAt, type Refusal } from '../../api.ts';
import { CheckField, SelectField, TextField } from '../../components/field.tsx';
import { ImageField } from '../../media/image-field.tsx';
import { type EditedImage, type Images, useImages } from '../../media/use-images.ts';
import { BodyEditor } from './body-editor.tsx';
import type { Form } from './form.ts';
import { PlaceField } from './place-field.tsx';
import { SourcesField } from './sources-field.tsx';
import { TagsField } from './tags-field.tsx';
import { TimeField } from './time-field.tsx';

interface UpdateFieldsProps {
  form: Form;
  timeline: Timeline;
  problem: Refusal | null;
  mayPin: boolean;
  knownTags: readonly string[];
  onForm: (change: Partial<Form>) => void;
  /** Whether every image is uploaded and described. */
  onImagesComplete: (isComplete: boolean) => void;
}

const verifications = [
  { value: 'claim', label: 'Claim: one party says so' },
  { value: 'reported', label: 'Reported: sources say so' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'disputed', label: 'Disputed' },
];

const languages = ['en', 'ar', 'he', 'fa', 'uk', 'ru', 'fr', 'es', 'de', 'tr', 'ps', 'ur', 'ckb', 'am', 'ti', 'my'];
const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** Everything that can be said of an update; the headline and the text first, what is needed less often behind one button. */
export function UpdateFields(props: UpdateFieldsProps) {
  const { form, timeline, problem, mayPin, knownTags, onForm } = props;
  const images = useFormImages(props);
  const imageField = useRef<HTMLDivElement>(null);
  const id = useId();
  const more = useRef<HTMLDetailsElement>(null);
  const direction = directionOf(form.language);
  const left = limits.headlineCharacters - form.headline.length;
  const headlineFault = faultAt(problem, '/headline');
  return (
    <>
      <div class={headlineFault ? 'field faulty' : 'field'}>
        <label for={`${id}-headline`}>Headline</label>
        <textarea
          id={`${id}-headline`}
          class="headline"
          name="headline"
          rows={1}
          lang={form.language}
          dir={direction}
          maxLength={limits.headlineCharacters}
          aria-invalid={headlineFault !== null}
          value={form.headline}
          onInput={({ currentTarget }) => onForm({ headline: currentTarget.value.replace(/[\r\n]+/g, ' ') })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
          }}
        />
        {left < 40 && <p class="hint">{left} characters left</p>}
        {headlineFault && <p class="fault">{headlineFault}</p>}
      </div>
      <BodyEditor
        html={form.body}
        language={form.language}
        fault={faultAt(problem, '/body')}
        onHtml={(body) => onForm({ body })}
        onImages={(files) => images.add(files)}
        onChooseImage={() => imageField.current?.querySelector<HTMLInputElement>('input[type="file"]')?.click()}
      />
      <div ref={imageField}>
        <ImageField images={images} problem={problem} />
      </div>
      <TimeField
        when={form.when}
        timeLabel={form.timeLabel}
        timeline={timeline}
        fault={faultAt(problem, '/occurredAt')}
        onWhen={(when) => onForm({ when })}
        onTimeLabel={(timeLabel) => onForm({ timeLabel })}
      />
      <div class="beside">
        <SelectField
          label="Verification"
          name="verification"
          choices={verifications}
          value={form.verification}
          onValue={(verification) => onForm({ verification: verification as Form['verification'] })}
        />
        <CheckField label="Key development" checked={form.key} onChecked={(key) => onForm({ key })} />
        {mayPin && (
          <CheckField label="Pin to the top" checked={form.pinned} onChecked={(pinned) => onForm({ pinned })} />
        )}
      </div>
      <details class="more-fields" ref={more} open={problem?.errors !== undefined}>
        <summary>{summaryOf(form)}</summary>
        <div class="stack">
          <TextField
            label="Attribution"
            name="attribution"
            optional
            placeholder="according to the Gaza Health Ministry"
            lang={form.language}
            dir={direction}
            problem={problem}
            value={form.attribution}
            onValue={(attribution) => onForm({ attribution })}
          />
          <SourcesField sources={form.sources} problem={problem} onSources={(sources) => onForm({ sources })} />
          <PlaceField place={form.place} problem={problem} onPlace={(place) => onForm({ place })} />
          <TagsField tags={form.tags} known={knownTags} onTags={(tags) => onForm({ tags })} />
          <div class="beside">
            <TextField
              label="Byline"
              name="byline"
              optional
              problem={problem}
              value={form.byline}
              onValue={(byline) => onForm({ byline })}
            />
            <SelectField
              label="Language"
              name="language"
              hint={direction === 'rtl' ? 'Runs from right to left' : undefined}
              choices={[...new Set([timeline.language, form.language, ...languages])].map((value) => ({
                value,
                label: languageNames.of(value) ?? value,
              }))}
              value={form.language}
              onValue={(language) => onForm({ language })}
            />
          </div>
        </div>
      </details>
    </>
  );
}

/** The images of the form: those that are uploaded are part of it, with the words that they have so far. */
function useFormImages({ form, timeline, onForm, onImagesComplete }: UpdateFieldsProps): Images {
  const images = useImages(timeline.slug, form.images);
  const { list, isComplete } = images;
  // the list is what the form follows
  useEffect(() => {
    const ready = list.flatMap(imageOf);
    if (JSON.stringify(ready) !== JSON.stringify(form.images)) onForm({ images: ready });
  }, [list]);
  // told when it changes
  useEffect(() => onImagesComplete(isComplete), [isComplete]);
  return images;
}

/** Its properties in the order of an Update’s, so that the two can be compared as text. */
function imageOf({ state, alt, caption, credit }: EditedImage): Image[] {
  if (state.kind !== 'ready') return [];
  const { id, width, height, variants } = state.image;
  return [{ id, alt, caption: caption || null, credit: credit || null, width, height, variants }];
}

/** What is set behind the button, so that nothing goes out unseen. */
function summaryOf({ attribution, sources, place, tags, byline }: Form): string {
  const named = sources.filter(({ name, url }) => name !== '' || url !== '').length;
  const set = [
    attribution !== '' && attribution,
    named > 0 && `${named} ${named === 1 ? 'source' : 'sources'}`,
    place.name !== '' && place.name,
    ...tags,
    byline !== '' && `by ${byline}`,
  ].filter((text) => text !== false);
  return set.length === 0 ? 'Sources, place, tags, byline, language' : set.join(' · ');
}
