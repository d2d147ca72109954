import { automaticSections } from '../../../shared/automatic-summary.ts';
import type { Section } from '../../../shared/summary.ts';
import { headlineOf } from '../../../shared/text.ts';
import type { Update } from '../../../shared/update.ts';

/** A point while it is edited. `key` stays the same through every move, so that focus and text stay with it. */
export interface DraftPoint {
  key: string;
  text: string;
  updates: readonly string[];
}

export interface DraftSection {
  key: string;
  heading: string;
  points: readonly DraftPoint[];
}

/** The sections of a summary while they are edited; there is always one. */
export type Draft = readonly DraftSection[];

let keys = 0;
const newKey = (): string => `k${Date.now().toString(36)}${(keys++).toString(36)}`;
const newSection = (heading = '', points: readonly DraftPoint[] = []): DraftSection => ({
  key: newKey(),
  heading,
  points,
});

export function draftOf(sections: readonly Section[]): Draft {
  const drafted = sections.map(({ heading, points }) =>
    newSection(
      heading ?? '',
      points.map(({ text, updates }) => ({ key: newKey(), text, updates })),
    ),
  );
  return drafted.length > 0 ? drafted : [newSection()];
}

export const draftOfKeys = (updates: readonly Update[]): Draft => draftOf(automaticSections(updates));

export const draftOfProposal = (updates: readonly Update[]): Draft =>
  draftOf([{ heading: null, points: updates.map((update) => ({ text: headlineOf(update), updates: [update.id] })) }]);

/** What is published: points without a text and sections without points are left out. */
export const sectionsOf = (draft: Draft): Section[] =>
  draft
    .map(({ heading, points }) => ({
      heading: heading.trim() === '' ? null : heading.trim(),
      points: points.flatMap(({ text, updates }) =>
        text.trim() === '' ? [] : [{ text: text.trim(), updates: [...updates] }],
      ),
    }))
    .filter(({ points }) => points.length > 0);

/** Whether publishing both would publish the same. */
export const isSame = (a: Draft, b: Draft): boolean => JSON.stringify(sectionsOf(a)) === JSON.stringify(sectionsOf(b));

export const citedBy = (draft: Draft): Set<string> =>
  new Set(draft.flatMap(({ points }) => points.flatMap(({ updates }) => updates)));

const mapPoints = (draft: Draft, change: (point: DraftPoint) => DraftPoint): Draft =>
  draft.map((section) => ({ ...section, points: section.points.map(change) }));

export const editPoint = (draft: Draft, key: string, text: string): Draft =>
  mapPoints(draft, (point) => (point.key === key ? { ...point, text } : point));

export const nameSection = (draft: Draft, key: string, heading: string): Draft =>
  draft.map((section) => (section.key === key ? { ...section, heading } : section));

/** Ties an update to a point; once. */
export const tie = (draft: Draft, key: string, id: string): Draft =>
  mapPoints(draft, (point) =>
    point.key === key && !point.updates.includes(id) ? { ...point, updates: [...point.updates, id] } : point,
  );

export const untie = (draft: Draft, key: string, id: string): Draft =>
  mapPoints(draft, (point) =>
    point.key === key ? { ...point, updates: point.updates.filter((other) => other !== id) } : point,
  );

export const removePoint = (draft: Draft, key: string): Draft =>
  draft.map((section) => ({ ...section, points: section.points.filter((point) => point.key !== key) }));

export interface Added {
  draft: Draft;
  point: DraftPoint;
}

/** Puts a point at the end of a section, or of the last one, or at a place in it. */
export function addPoint(
  draft: Draft,
  { text, updates }: Pick<DraftPoint, 'text' | 'updates'>,
  at: { section?: string | undefined; index?: number | undefined } = {},
): Added {
  const point = { key: newKey(), text, updates };
  const target = draft.find(({ key }) => key === at.section) ?? draft.at(-1);
  return { draft: insert(draft, point, target?.key ?? '', at.index), point };
}

/** Moves a point to a place in a section: where a drag ends. */
export function placePoint(draft: Draft, key: string, section: string, index: number): Draft {
  const point = pointOf(draft, key);
  if (!point) return draft;
  const from = draft.find(({ points }) => points.includes(point));
  const was = from?.points.indexOf(point) ?? 0;
  const shift = from?.key === section && was < index ? 1 : 0;
  return insert(removePoint(draft, key), point, section, index - shift);
}

/** Moves a point one place up (-1) or down; from the end of a section into the next one. */
export function movePoint(draft: Draft, key: string, step: -1 | 1): Draft {
  const at = draft.findIndex(({ points }) => points.some((point) => point.key === key));
  const section = draft[at];
  if (!section) return draft;
  const index = section.points.findIndex((point) => point.key === key);
  const to = index + step;
  if (to >= 0 && to < section.points.length) return placePoint(draft, key, section.key, step === 1 ? to + 1 : to);
  const next = draft[at + step];
  return next ? placePoint(draft, key, next.key, step === 1 ? 0 : next.points.length) : draft;
}

export const addSection = (draft: Draft, heading = ''): Draft => [...draft, newSection(heading)];

/** Takes a heading away; its points join the section before it, or the one behind the first. */
export function removeSection(draft: Draft, key: string): Draft {
  const at = draft.findIndex((section) => section.key === key);
  const { points = [] } = draft[at] ?? {};
  if (draft.length < 2 || at < 0) return draft;
  const rest = draft.filter((section) => section.key !== key);
  const heir = Math.max(0, at - 1);
  return rest.map((section, i) => {
    if (i !== heir) return section;
    return { ...section, points: at === 0 ? [...points, ...section.points] : [...section.points, ...points] };
  });
}

export function moveSection(draft: Draft, key: string, step: -1 | 1): Draft {
  const at = draft.findIndex((section) => section.key === key);
  return placeSection(draft, key, step === 1 ? at + 2 : at - 1);
}

/** Moves a section before the one that stands at `index`. */
export function placeSection(draft: Draft, key: string, index: number): Draft {
  const at = draft.findIndex((section) => section.key === key);
  const section = draft[at];
  if (!section || index < 0 || index > draft.length) return draft;
  const rest = draft.filter((other) => other !== section);
  rest.splice(at < index ? index - 1 : index, 0, section);
  return rest;
}

export const pointOf = (draft: Draft, key: string): DraftPoint | undefined =>
  draft.flatMap(({ points }) => points).find((point) => point.key === key);

/** “2 of 5 in Fighting”, as it is said after a move. */
export function placeName(draft: Draft, key: string): string {
  const section = draft.find(({ points }) => points.some((point) => point.key === key));
  const index = section?.points.findIndex((point) => point.key === key) ?? 0;
  const name = section?.heading.trim() ? ` in ${section.heading.trim()}` : '';
  return `${index + 1} of ${section?.points.length ?? 1}${name}`;
}

function insert(draft: Draft, point: DraftPoint, key: string, index?: number): Draft {
  return draft.map((section) => {
    if (section.key !== key) return section;
    const points = [...section.points];
    points.splice(index ?? points.length, 0, point);
    return { ...section, points };
  });
}

export const pointTexts = (draft: Draft): Set<string> =>
  new Set(draft.flatMap(({ points }) => points.map(({ text }) => text.trim())));
