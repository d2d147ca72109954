import { languages, messagesFor } from '../../shared/i18n/catalogue.ts';
import { formats } from '../../shared/i18n/format.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Timeline } from '../../shared/timeline.ts';
import type { PageContext } from '../../shared/view/context.ts';
import { firstInstant, lastInstant } from '../domain/zone.ts';
import { keepingLanguage } from './kept-language.ts';

/** What every page of a timeline is set in. Language and zone are the timeline’s, unless the reader wishes others. */
export interface Frame {
  timeline: Timeline;
  settings: Pick<Settings, 'appearance' | 'publisher'>;
  language: string;
  timeZone: string;
  /** What the address asks for besides. */
  asked?: Readonly<Record<string, string>>;
  /** The reader saves data: images are fetched when they are asked for. */
  saving?: boolean;
}

/** What a reader wishes, where there is such a language. */
export const languageOf = (wished: string | undefined, otherwise: string): string =>
  wished !== undefined && languages.includes(wished) ? wished : otherwise;

/** What the address asks for, to be followed by one more thing. */
export function askedBefore({ asked = {} }: Frame): string {
  const query = new URLSearchParams(asked).toString();
  return query === '' ? '' : `${query}&`;
}

export const inLanguageOf = (
  { timeline, language }: { timeline: Pick<Timeline, 'slug' | 'language'>; language: string },
  html: string,
): string => (language === timeline.language ? html : keepingLanguage(html, timeline.slug, language));

export function contextOf({ timeline, language, timeZone, saving = false }: Frame, date: string | null): PageContext {
  const { slug } = timeline;
  const bounds = date === null ? [] : [firstInstant(date, timeline.timeZone), lastInstant(date, timeline.timeZone)];
  return {
    slug,
    language,
    date,
    bounds: bounds.filter((each) => each !== null),
    saving,
    messages: messagesFor(language),
    formats: formats(language, timeZone),
  };
}

/** What the live script needs to know of the timeline. `today`: the date at which it will grow by itself; an ended one won’t. */
export function liveData(
  { timeline, timeZone, saving = false }: Frame,
  position: string,
): Record<string, string | null> {
  const { slug, today, status, endedOn } = timeline;
  const ended = status === 'ended' || (endedOn !== null && endedOn <= today.date);
  const conflictZone = timeline.timeZone === timeZone ? null : timeline.timeZone;
  return {
    position,
    timeline: slug,
    zone: timeZone,
    'conflict-zone': conflictZone,
    today: ended ? null : today.date,
    saving: saving ? '' : null,
  };
}
