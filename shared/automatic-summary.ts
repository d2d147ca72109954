import { isKeyDevelopment } from './day.ts';
import type { Section } from './summary.ts';
import { headlineOf } from './text.ts';
import type { Update } from './update.ts';

export type SummarySource = Pick<Update, 'id' | 'headline' | 'body' | 'language' | 'key' | 'status'>;

/**
 * The points of a day whose summary no editor has written: its key developments in the order given, each cited once.
 * No sections where there is nothing to say.
 */
export function automaticSections(updates: readonly SummarySource[]): Section[] {
  const points = updates.filter(isKeyDevelopment).map((update) => ({ text: headlineOf(update), updates: [update.id] }));
  return points.length > 0 ? [{ heading: null, points }] : [];
}

/** The ids that a summary cites, each once. */
export function citedIds(sections: readonly Section[]): Set<string> {
  return new Set(sections.flatMap((section) => section.points.flatMap((point) => point.updates)));
}
