import { limits } from '../../shared/limits.ts';
import { type NewUpdate, newUpdateSchema } from '../../shared/update.ts';

/** A text as long as its field allows; never empty, so that the payload beside it is not lost with it. */
const cut = (payload: string, most: number): string => payload.slice(0, most).trim() || 'x';
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim() || 'x';

/** Addresses that a payload can stand in; those that the schema refuses are what it is there for. */
const addresses = (payload: string): string[] =>
  [payload, `https://example.org/${payload}`, `https://example.org/?q=${payload}`, `https://${payload}/`].filter(
    (url) =>
      newUpdateSchema.safeParse({ occurredAt: '2024-02-07', headline: 'x', sources: [{ name: null, url }] }).success,
  );

/** An update with the payload in every text that it has. `date`: of the event. */
export function lacedUpdate(payload: string, bodyFormat: 'html' | 'markdown' | 'text', date: string): NewUpdate {
  const short = cut(payload, limits.shortTextCharacters);
  return {
    occurredAt: date,
    headline: oneLine(cut(payload, limits.headlineCharacters)),
    body: `before ${payload} after`,
    bodyFormat,
    attribution: short,
    byline: short,
    timeLabel: cut(payload, 60),
    tags: [cut(payload, limits.tagCharacters), 'tag'],
    place: { name: short, latitude: 31.5, longitude: 34.45 },
    sources: [{ name: short, url: null }, ...addresses(payload).map((url) => ({ name: short, url }))],
  };
}

/** The words of an uploaded image, each of them the payload. */
export function lacedImage(payload: string, id: string): NonNullable<NewUpdate['images']>[number] {
  const words = cut(payload, limits.imageTextCharacters);
  return { id, alt: words, caption: words, credit: words };
}

/** A row of an import with the payload in every text. */
export function lacedRow(payload: string, number: number, date: string): object {
  return { ...lacedUpdate(payload, 'html', date), externalId: `${number} ${cut(payload, 200)}`, foreign: payload };
}

export const lacedNote = (payload: string): string => cut(payload, limits.reasonCharacters);

/** The sections of a summary with a payload in each heading and point. */
export function lacedSections(payloads: readonly string[], cited: readonly string[]) {
  const sections = [];
  for (let at = 0; at < payloads.length; at += 20) {
    const points = payloads.slice(at, at + 20).map((payload) => ({
      text: cut(payload, limits.pointCharacters),
      updates: cited.slice(0, 1),
    }));
    sections.push({ heading: cut(payloads[at] ?? '', limits.shortTextCharacters), points });
  }
  return sections.slice(0, limits.summarySections);
}

/** Title, subject and description of a timeline; a title is one line without control characters. */
export function lacedTimeline(payload: string) {
  const title = cut(payload.replace(/\p{Cc}/gu, ' '), limits.titleCharacters);
  return { title, subject: title, description: cut(payload, limits.descriptionCharacters) };
}
