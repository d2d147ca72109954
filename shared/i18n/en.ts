import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('en');

function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ['th', 'st', 'nd', 'rd'][n % 10]) || 'th'}`;
}

export const live: LiveMessages = {
  day: (n) => `${ordinal(n)} day`,
  summaryTitle: (n, subject) => `Most important developments of the ${ordinal(n)} day of ${subject}`,
  allDays: 'All days',
  automatic: 'Compiled automatically from the day’s key developments.',
  summaryRevised: (when) => `Summary revised ${when}`,
  outdated: 'An update behind this point has changed since the summary was written.',
  seeUpdate: 'See the update',

  keyDevelopment: 'Key development',
  pinned: 'Pinned',
  verification: { claim: 'Claim', reported: 'Reported', confirmed: 'Confirmed', disputed: 'Disputed' },
  sources: (n) => (n === 1 ? 'Source' : 'Sources'),
  byline: (name) => `By ${name}`,
  around: (time) => `around ${time}`,
  overnight: 'Overnight',
  posted: (when) => `posted ${when}`,
  updated: (when) => `Updated ${when}`,
  corrected: (when) => `Corrected ${when}`,
  retracted: (when) => `Retracted ${when}`,
  permalink: 'Link to this update',

  missed: {
    updates: (n, when) => `${count(n, { one: '# update', other: '# updates' })} since ${when}`,
    key: (n) => count(n, { one: '# key development', other: '# key developments' }),
    corrections: (n) => count(n, { one: '# correction', other: '# corrections' }),
    firstUnread: 'First unread',
    summaries: 'Summaries of the days since then',
    isNew: 'New',
  },
  lastChange: (ago) => `Last change ${ago}`,

  newUpdates: (n) => count(n, { one: '# new update', other: '# new updates' }),
  connection: {
    live: 'Live',
    catchingUp: 'Catching up',
    offline: (time) => `Offline since ${time}`,
  },
  announce: {
    published: (n) => count(n, { one: 'A new update', other: '# new updates' }),
    revised: (n) => count(n, { one: 'An update was edited', other: '# updates were edited' }),
    corrected: (n) => count(n, { one: 'An update was corrected', other: '# updates were corrected' }),
    retracted: (n) => count(n, { one: 'An update was retracted', other: '# updates were retracted' }),
    removed: (n) => count(n, { one: 'An update was removed', other: '# updates were removed' }),
    summary: 'The summary was revised',
  },
  newDay: (n) => `A new day has begun: the ${ordinal(n)} day.`,
  otherDays: (days) => `Updates on other days: ${days}`,
  close: 'Close',
};

export const messages: Messages = {
  ...live,
  tag: 'en',

  tagline: 'The record of a war, day by day',
  timelines: 'Timelines',
  noTimelines: 'There are no timelines yet.',
  status: { live: 'Live', paused: 'Paused', ended: 'Ended' },
  dayOneWas: (date) => `Day one: ${date}`,

  dayOf: (n, subject) => `${ordinal(n)} day of ${subject}`,
  todayIs: (n) => `Today is the ${ordinal(n)} day.`,
  nothingYet: 'Nothing recorded yet.',
  emptyDay: 'Nothing is recorded for this day.',
  emptyTimeline: 'No updates have been published yet.',
  paused: 'Coverage is paused. Everything published so far remains here.',
  endedOn: (date, days) => `Ended on ${date}, after ${count(days, { one: '# day', other: '# days' })}.`,
  dayNavigation: 'Days',

  updatesHeading: 'Updates',
  olderUpdates: 'Earlier updates of this day',
  explanations: {
    claim: 'Stated by one party; not independently verified.',
    reported: 'Reported by the sources named; not verified by us.',
    confirmed: 'Verified by us or by several independent sources.',
    disputed: 'Accounts of this contradict each other.',
  },
  allTimes: ({ city, offset }) => `All times: ${city}, ${offset}`,
  skipToUpdates: 'Skip to the latest updates',
  ownTimes: 'Show in my time',
  conflictTimes: 'Show in the conflict’s time',
  share: 'Share',
  linkCopied: 'Link copied',
  noScript: 'Without JavaScript this page does not update by itself. Reload it to see the latest.',

  timelineParts: 'Timeline',
  latest: 'Latest',
  earlierDays: 'Earlier days',
  noKeyDevelopments: 'No key developments have been recorded yet.',
  goToDay: {
    label: 'Go to a day',
    hint: 'A day’s number or a date: 124, 7 Feb 2024',
    go: 'Go',
    unknown: 'There is no such day in this timeline.',
  },
  updatesCount: (n) => count(n, { one: '# update', other: '# updates' }),
  calendar: { fewer: 'Fewer', more: 'more updates' },

  columns: {
    day: 'Day',
    date: 'Date',
    updates: 'Updates',
    key: 'Key developments',
    summary: 'Summary',
    revised: 'Last changed',
  },
  hasSummary: 'Yes',

  backToDay: (n) => `Back to the ${ordinal(n)} day`,
  previousUpdate: 'Previous update',
  nextUpdate: 'Next update',
  neighbours: 'Updates before and after',

  history: 'Versions',
  published: (when) => `Published ${when}`,
  edited: (when) => `Edited ${when}`,
  whatChanged: 'What changed',
  facts: {
    occurredAt: 'Time of the event',
    verification: 'Verification',
    attribution: 'Attribution',
    sources: 'Sources',
    place: 'Place',
  },
  corrections: 'Corrections',
  correctionsIntro: 'Everything that was corrected or retracted, newest first.',
  noCorrections: 'Nothing has been corrected or retracted.',
  earlierCorrections: 'Earlier corrections',

  feeds: { key: 'Key developments', summaries: 'Summaries', corrections: 'Corrections' },

  search: {
    title: 'Search',
    words: 'Words',
    hint: 'All words must be there, “quoted ones” side by side.',
    from: 'From',
    to: 'Until',
    tag: 'Topic',
    keyOnly: 'Key developments only',
    none: 'Nothing was found.',
    more: 'More results',
    faulty: 'These dates can’t be searched: the first must not lie after the last.',
    retracted: 'Retracted',
    found: (n) => count(n, { one: '# update found', other: '# updates found' }),
  },
  takingPart: {
    title: 'Taking part',
    replies: 'Replies',
    leave: 'Leave a reply',
    required: 'Fields marked * are required.',
    moderated: 'Replies appear when the newsroom has approved them.',
    name: 'Name',
    email: 'E-mail',
    emailNote: 'Your e-mail address is never published.',
    text: 'Your reply',
    send: 'Send',
    received: 'Thank you. Your reply is with the newsroom and appears once it has been approved.',
    leaveEmpty: 'Leave this empty',
    notSent: 'Nothing was sent: please look at the fields below.',
    report: 'Report an error',
    reportNote: 'Only the newsroom reads this.',
    category: 'What is wrong',
    emailOptional: 'E-mail (optional)',
    reportText: 'What is wrong, and what is right?',
    reportReceived: 'Thank you. Your report is with the newsroom.',
    mostRead: 'Most read',
    tooMany: (n) =>
      `Nothing was sent: too much came from your connection. ${count(n, { one: 'Try again in # minute.', other: 'Try again in # minutes.' })}`,
    faults: {
      name: 'Please give a name.',
      email: 'Please give an e-mail address.',
      text: 'Please write between 1 and 3,000 characters.',
    },
    categories: {
      fact: 'A fact',
      name: 'A name',
      date: 'A date or time',
      source: 'A source',
      image: 'An image',
      language: 'Language or spelling',
      other: 'Something else',
    },
  },

  errors: {
    404: { title: 'Page not found', text: 'There is nothing at this address. It may have been mistyped.' },
    410: { title: 'Removed', text: 'This update was removed by the newsroom and is no longer available.' },
    500: { title: 'Something went wrong', text: 'The fault is ours. Please try again in a moment.' },
    503: { title: 'Briefly unavailable', text: 'The record cannot be reached just now. Please try again shortly.' },
  },
  languages: 'Languages',
  archive: {
    search: 'Search',
    placeholder: 'Search this archive',
    found: 'Found:',
    nothing: 'Nothing found.',
    note: 'Archived copy. It is not followed live.',
  },
  noCookies: 'No cookies, no tracking.',
  data: 'Data (JSON)',
};
