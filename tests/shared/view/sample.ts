import type { DayView } from '../../../shared/day.ts';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { formats } from '../../../shared/i18n/format.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import type { PageContext } from '../../../shared/view/context.ts';

export const timeline = (more: Partial<Timeline> = {}): Timeline => ({
  slug: 'gaza',
  title: 'War on the Gaza Strip',
  subject: 'the war on the Gaza Strip',
  description: '',
  dayOne: '2023-10-07',
  timeZone: 'Asia/Gaza',
  endedOn: null,
  language: 'en',
  status: 'live',
  replies: 'off',
  today: { day: 1144, date: '2026-11-23' },
  position: 'k3v9x2:125',
  revision: 1,
  ...more,
});

export const update = (more: Partial<Update> = {}): Update => {
  const id = more.id ?? '01HP0000000000000000000001';
  return {
    id,
    timeline: 'gaza',
    day: 124,
    date: '2024-02-07',
    occurredAt: '2024-02-07T16:20:00.000Z',
    precision: 'minute',
    timeLabel: null,
    headline: 'Something happened',
    body: '<p>In <strong>Gaza</strong>.</p>',
    key: false,
    pinned: false,
    verification: 'reported',
    attribution: null,
    sources: [],
    place: null,
    images: [],
    tags: [],
    byline: null,
    language: 'en',
    status: 'published',
    publishedAt: '2024-02-07T16:25:00.000Z',
    revisedAt: null,
    revision: 1,
    correction: null,
    retraction: null,
    url: `/gaza/updates/${id}`,
    ...more,
  };
};

export const dayView = (more: Partial<DayView> = {}): DayView => ({
  timeline: 'gaza',
  day: 124,
  date: '2024-02-07',
  label: '124th day',
  summary: null,
  updates: [],
  more: null,
  position: 'k3v9x2:125',
  previous: null,
  next: null,
  ...more,
});

export const context = (language = 'en', date: string | null = '2024-02-07'): PageContext => ({
  slug: 'gaza',
  language,
  messages: messagesFor(language),
  formats: formats(language, 'Asia/Gaza'),
  date,
  bounds: date === null ? [] : [`${date}T00:00:00.000Z`, `${date}T21:00:00.000Z`],
});

/** The words of some HTML, as a reader meets them. */
export const wordsOf = (html: { text: string }): string =>
  html.text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
