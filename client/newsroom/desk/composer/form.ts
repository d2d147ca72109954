import type { Timeline } from '../../../../shared/timeline.ts';
import type { NewUpdate, Update, UpdatePatch } from '../../../../shared/update.ts';
import { type EventTime, eventTimeOf, landing } from './event-time.ts';

type Images = Update['images'];

/** What somebody is writing, as the controls hold it: texts may be empty or half typed. */
export interface Form {
  headline: string;
  body: string;
  when: EventTime;
  timeLabel: string;
  key: boolean;
  pinned: boolean;
  verification: Update['verification'];
  attribution: string;
  sources: { name: string; url: string }[];
  place: { name: string; latitude: string; longitude: string };
  images: Images;
  tags: string[];
  byline: string;
  language: string;
}

export type Field = keyof Form;

/** In the order in which they stand in the composer. */
export const fields: readonly Field[] = [
  'headline',
  'body',
  'images',
  'when',
  'timeLabel',
  'verification',
  'attribution',
  'sources',
  'place',
  'tags',
  'byline',
  'language',
  'key',
  'pinned',
];

export const fieldLabels: Record<Field, string> = {
  headline: 'Headline',
  body: 'Text',
  images: 'Images',
  when: 'When it happened',
  timeLabel: 'Time in words',
  verification: 'Verification',
  attribution: 'Attribution',
  sources: 'Sources',
  place: 'Place',
  tags: 'Tags',
  byline: 'Byline',
  language: 'Language',
  key: 'Key development',
  pinned: 'Pinned',
};

export function emptyForm(language: string, byline = ''): Form {
  return {
    headline: '',
    body: '',
    when: { kind: 'now' },
    timeLabel: '',
    key: false,
    pinned: false,
    verification: 'reported',
    attribution: '',
    sources: [],
    place: { name: '', latitude: '', longitude: '' },
    images: [],
    tags: [],
    byline,
    language,
  };
}

export function formOf(update: Update, timeZone: string): Form {
  const { headline, body, key, pinned, verification, images, tags, language, place } = update;
  return {
    headline,
    body,
    when: eventTimeOf(update, timeZone),
    timeLabel: update.timeLabel ?? '',
    key,
    pinned,
    verification,
    attribution: update.attribution ?? '',
    sources: update.sources.map(({ name, url }) => ({ name: name ?? '', url: url ?? '' })),
    place: place
      ? { name: place.name, latitude: String(place.latitude), longitude: String(place.longitude) }
      : { name: '', latitude: '', longitude: '' },
    images,
    tags,
    byline: update.byline ?? '',
    language,
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A form as the interface takes it; a refusal of the time is said before anything is sent. */
export function inputOf(form: Form, timeline: Timeline, now: number): NewUpdate | null {
  const landed = landing(form.when, timeline, now);
  if (!landed.ok) return null;
  return {
    headline: form.headline.trim(),
    body: form.body,
    occurredAt: landed.occurredAt,
    precision: form.when.kind === 'set' ? form.when.precision : 'minute',
    timeLabel: orNull(form.timeLabel),
    key: form.key,
    pinned: form.pinned,
    verification: form.verification,
    attribution: orNull(form.attribution),
    sources: form.sources
      .map(({ name, url }) => ({ name: orNull(name), url: orNull(url) }))
      .filter(({ name, url }) => name !== null || url !== null),
    place: placeOf(form.place),
    // One that is not described yet waits for its words.
    images: form.images
      .filter(({ alt }) => alt.trim() !== '')
      .map(({ id, alt, caption, credit }) => ({ id, alt: alt.trim(), caption, credit })),
    tags: form.tags,
    byline: orNull(form.byline),
    language: form.language,
  };
}

function placeOf({ name, latitude, longitude }: Form['place']): NewUpdate['place'] {
  if (name.trim() === '' && latitude.trim() === '' && longitude.trim() === '') return null;
  return { name: name.trim(), latitude: numberOf(latitude), longitude: numberOf(longitude) };
}

/** Nothing typed is no number: the interface says so at the field. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));

/** The fields that two forms differ in. */
export const differing = (a: Form, b: Form): Field[] => fields.filter((field) => !isSame(a, b, field));

export const isSame = (a: Form, b: Form, field: Field): boolean =>
  JSON.stringify(a[field]) === JSON.stringify(b[field]);

const wireNames: Record<Field, readonly (keyof UpdatePatch & keyof NewUpdate)[]> = {
  headline: ['headline'],
  body: ['body'],
  images: ['images'],
  when: ['occurredAt', 'precision'],
  timeLabel: ['timeLabel'],
  verification: ['verification'],
  attribution: ['attribution'],
  sources: ['sources'],
  place: ['place'],
  tags: ['tags'],
  byline: ['byline'],
  language: ['language'],
  key: ['key'],
  pinned: ['pinned'],
};

/** What of a form differs from `base`, as a patch: what nobody touched is not sent, so it overwrites nothing. */
export function patchOf(base: Form, form: Form, timeline: Timeline, now: number): UpdatePatch | null {
  const input = inputOf(form, timeline, now);
  if (!input) return null;
  const names = differing(base, form).flatMap((field) => wireNames[field]);
  return Object.fromEntries(names.map((name) => [name, input[name]]));
}

/** Nothing that anybody would miss. */
export const isBlank = (form: Form): boolean =>
  form.headline.trim() === '' && textOf(form.body) === '' && form.images.length === 0;

export const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\s+/g, ' ')
    .trim();
