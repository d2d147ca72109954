import { papers } from '../../shared/colour.ts';
import { type DayView, isKeyDevelopment } from '../../shared/day.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { formats } from '../../shared/i18n/format.ts';
import type { Appearance } from '../../shared/settings.ts';
import { headlineOf } from '../../shared/text.ts';
import type { Timeline } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import { siteName } from '../../shared/view/layout.ts';

/** What a share card says: all that its picture depends on, and so what it is kept under. */
export interface Card {
  /** Of the timeline: everything but the headline is written in it and runs its way. */
  language: string;
  siteName: string;
  title: string;
  /** “124th day” */
  day: string;
  date: string;
  /** Of a day the day is what is large; of an update its headline. */
  isDay: boolean;
  mark: string | null;
  headline: { text: string; language: string; isStruck: boolean } | null;
  /** `#rrggbb`, legible on `paper`. */
  accent: string;
}

/** The reader’s pages by day (client/style/palette.css): a card can’t know who looks at it when. */
export const cardColours = { paper: papers.light[0], ink: '#1a1916', soft: '#635f57', rule: '#ddd8cd' } as const;
const plainAccent = '#a8201a';

type OfTimeline = Pick<Timeline, 'language' | 'title' | 'timeZone'>;

/** A day: its number, and the first thing that its summary says. */
export function cardOfDay(timeline: OfTimeline, appearance: Appearance, view: DayView): Card {
  return {
    ...frame(timeline, appearance, view),
    isDay: true,
    mark: null,
    headline: firstOf(view, timeline.language),
  };
}

/** An update: its headline. Of a retracted one the headline is struck, so that no card passes on what does not stand. */
export function cardOfUpdate(timeline: OfTimeline, appearance: Appearance, update: Update): Card {
  const messages = messagesFor(timeline.language);
  const isStruck = update.status === 'retracted';
  return {
    ...frame(timeline, appearance, update),
    isDay: false,
    mark: isStruck ? messages.search.retracted : isKeyDevelopment(update) ? messages.keyDevelopment : null,
    headline: { text: headlineOf(update), language: update.language, isStruck },
  };
}

function frame(timeline: OfTimeline, { siteName: name, accent }: Appearance, at: { day: number; date: string }) {
  const { language, title, timeZone } = timeline;
  return {
    language,
    siteName: name ?? siteName,
    title,
    day: messagesFor(language).day(at.day),
    date: formats(language, timeZone).longDate(at.date),
    accent: accent?.light ?? plainAccent,
  };
}

function firstOf({ summary, updates }: DayView, language: string): Card['headline'] {
  const point = summary?.sections[0]?.points[0];
  const standing = updates.filter(({ status }) => status === 'published');
  if (point) {
    // An automatic summary speaks in the words of its updates.
    const cited = summary?.automatic ? standing.find(({ id }) => point.updates.includes(id)) : undefined;
    return { text: point.text, language: cited?.language ?? language, isStruck: false };
  }
  const [first] = standing;
  return first ? { text: headlineOf(first), language: first.language, isStruck: false } : null;
}
