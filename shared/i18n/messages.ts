import type { FactName } from '../difference.ts';
import type { ReportCategory } from '../reply.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import type { ZoneName } from './format.ts';

type Text = string;
/** Chooses the plural form and writes the number with the language’s own digits and grouping. */
type Counted = (count: number) => Text;
/** `n` is the number of a conflict day: an ordinal, never grouped (“1003rd”, not “1,003rd”). */
type OfDay = (n: number) => Text;
/** `when` arrives formatted: a time (“18:20”), or a date and a time where the day is another one. */
type AtTime = (when: string) => Text;

interface Titled {
  title: Text;
  text: Text;
}

/**
 * The texts of what changes on an open page: the browser loads them and no others, for they count towards what a reader
 * has to load. What only the server writes stays out (`Messages`).
 */
export interface LiveMessages {
  day: OfDay;
  /** `subject` is written by the newsroom in the form that completes the phrase in this language. */
  summaryTitle: (n: number, subject: string) => Text;
  allDays: Text;
  automatic: Text;
  summaryRevised: AtTime;
  outdated: Text;
  seeUpdate: Text;

  // An update
  keyDevelopment: Text;
  pinned: Text;
  verification: Record<Update['verification'], Text>;
  sources: Counted;
  byline: (name: string) => Text;
  /** Precision `hour`. */
  around: AtTime;
  overnight: Text;
  /** The publication lies apart from the event. */
  posted: AtTime;
  updated: AtTime;
  corrected: AtTime;
  retracted: AtTime;
  permalink: Text;
  /** Where images are not fetched until they are asked for. */
  showImage: Text;

  // What was missed since the last visit
  missed: {
    /** `count` updates since `when`. */
    updates: (count: number, when: string) => Text;
    /** A time of yesterday, as it stands in `updates`. */
    yesterday: (time: string) => Text;
    key: Counted;
    corrections: Counted;
    firstUnread: Text;
    /** Above links to the summaries of days. */
    summaries: Text;
    isNew: Text;
  };
  lastChange: (ago: string) => Text;

  // Notices
  newUpdates: Counted;
  connection: { live: Text; catchingUp: Text; offline: AtTime };
  /** Said to screen readers. */
  announce: {
    published: Counted;
    revised: Counted;
    corrected: Counted;
    retracted: Counted;
    removed: Counted;
    summary: Text;
  };
  newDay: OfDay;
  /** `days` is a formatted list of day labels. */
  otherDays: (days: string) => Text;
  /** Puts a notice away. */
  close: Text;
}

/**
 * Every text of the reader’s pages. One file per language implements it and stands alone, so that a browser loads one.
 * Sentences end with a full stop, labels don’t. Names, times and dates arrive formatted; they are plain text, and what a
 * message returns is plain text too.
 */
export interface Messages extends LiveMessages {
  /** The language that these words are in: what `lang` must say where a page in another language falls back to them. */
  tag: string;

  // The front page
  tagline: Text;
  timelines: Text;
  noTimelines: Text;
  status: Record<Timeline['status'], Text>;
  dayOneWas: (date: string) => Text;

  // Conflict days. `subject` is written by the newsroom in the form that completes the phrase in this language.
  dayOf: (n: number, subject: string) => Text;
  todayIs: OfDay;
  nothingYet: Text;
  emptyDay: Text;
  emptyTimeline: Text;
  paused: Text;
  endedOn: (date: string, days: number) => Text;
  dayNavigation: Text;

  // An update
  updatesHeading: Text;
  olderUpdates: Text;
  /** What the marks of `verification` mean. */
  explanations: Record<Update['verification'], Text>;

  // The open page
  allTimes: (zone: ZoneName) => Text;
  skipToUpdates: Text;
  /** Switches all times between the zone of the conflict and the reader’s. */
  ownTimes: Text;
  conflictTimes: Text;
  share: Text;
  linkCopied: Text;
  noScript: Text;

  // Ways through a timeline
  timelineParts: Text;
  latest: Text;
  earlierDays: Text;
  noKeyDevelopments: Text;
  /** A field that takes a day’s number or its date; `hint` gives examples that it understands. */
  goToDay: { label: Text; hint: Text; go: Text; unknown: Text };
  updatesCount: Counted;
  /** What is read most, by how long ago. */
  popular: { day: Text; week: Text; none: Text };
  /** A day’s places; `outlines` says whose the drawing is. */
  map: { title: Text; outlines: Text };
  /** The ends of the scale of shades in the calendar. */
  calendar: { fewer: Text; more: Text };

  // The list of days
  columns: { day: Text; date: Text; updates: Text; key: Text; summary: Text; revised: Text };
  hasSummary: Text;

  // One update’s own page
  backToDay: OfDay;
  previousUpdate: Text;
  nextUpdate: Text;
  neighbours: Text;

  // What was changed
  history: Text;
  published: AtTime;
  edited: AtTime;
  whatChanged: Text;
  facts: Record<FactName, Text>;
  corrections: Text;
  correctionsIntro: Text;
  noCorrections: Text;
  earlierCorrections: Text;

  /** What a feed has, where it has not everything. */
  feeds: Record<'key' | 'summaries' | 'corrections', Text>;

  // Search
  search: {
    title: Text;
    words: Text;
    hint: Text;
    from: Text;
    to: Text;
    tag: Text;
    keyOnly: Text;
    none: Text;
    more: Text;
    faulty: Text;
    retracted: Text;
    found: Counted;
  };

  /** Replies, error reports, and what others read. */
  takingPart: {
    title: Text;
    replies: Text;
    leave: Text;
    required: Text;
    moderated: Text;
    name: Text;
    email: Text;
    emailNote: Text;
    text: Text;
    send: Text;
    received: Text;
    leaveEmpty: Text;
    notSent: Text;
    report: Text;
    reportNote: Text;
    category: Text;
    emailOptional: Text;
    reportText: Text;
    reportReceived: Text;
    mostRead: Text;
    /** `minutes` until the next turn. */
    tooMany: Counted;
    faults: Record<'name' | 'email' | 'text', Text>;
    categories: Record<ReportCategory, Text>;
  };

  // Errors and the foot of every page
  errors: Record<404 | 410 | 500 | 503, Titled>;
  /** The static copy of a timeline; `found` comes before a number. */
  archive: { search: Text; placeholder: Text; found: Text; nothing: Text; note: Text };
  /** The page that stands in for one that can’t be had; `kept` heads the list of copies, `copyOf` dates one. */
  offline: { title: Text; text: Text; again: Text; kept: Text; copyOf: AtTime };
  /** The page on which a reader asks to be told key developments; `said`: what came of it. */
  notifications: {
    title: Text;
    intro: Text;
    quiet: Text;
    from: Text;
    to: Text;
    turnOn: Text;
    /** Keeps other quiet hours, where notifications are on. */
    save: Text;
    turnOff: Text;
    said: Record<'on' | 'saved' | 'off' | 'denied' | 'missing' | 'failed', Text>;
    noScript: Text;
    privacy: Text;
  };
  noCookies: Text;
  languages: Text;
  data: Text;
  /** Leads to the page as bare text. */
  textOnly: Text;
}
