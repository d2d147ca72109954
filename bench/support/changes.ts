import type { Change } from '../../shared/change.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';
import type { NewUpdate } from '../../shared/update.ts';
import { Writer } from './words.ts';

/** The timeline that everything is measured on; the load clients know its slug. */
export const newTimeline = {
  slug: 'bench',
  title: 'A timeline to measure with',
  subject: 'a war that never was',
  dayOne: '2020-01-01',
  timeZone: 'Africa/Johannesburg',
};

export const timelineRecord: TimelineRecord = {
  ...newTimeline,
  description: '',
  endedOn: null,
  language: 'en',
  status: 'live',
  replies: 'off',
  revision: 1,
};

const writer = new Writer(20_240_207);

/** Changes as they go over the wire, about 1.2 kB of JSON each. */
export function changesFrom(firstSeq: number, count: number): Change[] {
  return Array.from({ length: count }, (_, at) => change(firstSeq + at));
}

function change(seq: number): Change {
  const id = `01hny0bench${String(seq).padStart(15, '0')}`;
  const at = '2024-02-07T18:25:00.000Z';
  return {
    timeline: 'bench',
    seq,
    hash: '0'.repeat(64),
    at,
    type: 'update.published',
    day: 1499,
    date: '2024-02-07',
    update: {
      id,
      timeline: 'bench',
      day: 1499,
      date: '2024-02-07',
      occurredAt: '2024-02-07T18:20:00.000Z',
      precision: 'minute',
      timeLabel: null,
      headline: writer.headline(),
      body: `<p>${writer.paragraph(330)}</p>`,
      key: false,
      pinned: false,
      verification: 'reported',
      attribution: null,
      sources: [{ name: 'Agency', url: 'https://example.org/report' }],
      place: null,
      images: [],
      tags: [],
      byline: null,
      language: 'en',
      status: 'published',
      publishedAt: at,
      revisedAt: null,
      revision: 1,
      correction: null,
      retraction: null,
      url: `/bench/updates/${id}`,
    },
  };
}

/** Updates as a newsroom would send them, spread over a local day: headline and about `characters` of text. */
export function newUpdates(date: string, count: number, characters: number, seed = 7): NewUpdate[] {
  const author = new Writer(seed);
  return Array.from({ length: count }, (_, at) => {
    const minutes = Math.floor((at * 24 * 60) / count);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return {
      occurredAt: `${date}T${time}:00+02:00`,
      headline: author.headline(),
      body: `<p>${author.paragraph(characters * 0.6)}</p><p>${author.paragraph(characters * 0.4)}</p>`,
      key: at % 12 === 0,
      sources: [{ name: `Agency ${at % 7}`, url: `https://example.org/reports/${at}` }],
    };
  });
}

/** The calendar date so many days after another. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
