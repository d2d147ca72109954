import type { ImportRow, UpdatePatch } from '../../../shared/update.ts';
import { sampleTag } from './gaza.ts';

export type EntryName = (typeof entries)[number]['name'];

/** One update of the sample. `correction`: what it is changed to once it is published, so that one entry shows a correction. */
export interface SampleEntry {
  name: EntryName;
  row: ImportRow;
  correction?: UpdatePatch;
}

const blinken = 'according to Antony Blinken, the US secretary of state';
const netanyahu = 'according to Benjamin Netanyahu, the Israeli prime minister';
const rafah = { name: 'Rafah', latitude: 31.287, longitude: 34.252 };
const telAviv = { name: 'Tel Aviv', latitude: 32.0853, longitude: 34.7818 };

/** In the order of the day. The report gives no hours: `at` is the hour under which an entry is filed, `timeLabel` what is shown. */
const entries = [
  {
    name: 'rafah',
    at: null,
    headline: 'Deaths and injuries reported after Israeli bombs hit two homes in the middle of Rafah',
    body: '<p>Only the headline of this report was at hand. It says neither how many people were killed or hurt nor at what hour, and nothing else here confirms it.</p>',
    key: true,
    verification: 'claim',
    attribution: 'according to the news site on whose report this sample is based',
    place: rafah,
    tags: ['Rafah'],
  },
  {
    name: 'meeting',
    at: '09',
    timeLabel: 'morning',
    headline: 'The US secretary of state confers with Netanyahu and leading Israeli officials in Tel Aviv',
    body: '<p>What Antony Blinken and Benjamin Netanyahu say in public on the same day is in entries of their own.</p>',
    verification: 'confirmed',
    place: telAviv,
    tags: ['Diplomacy'],
  },
  {
    name: 'aid',
    at: '12',
    timeLabel: 'midday',
    headline: 'More help for civilians was the main subject of the talks, Blinken says',
    body: '<p>He speaks of a duty, shared by all involved, to bring relief to people in the greatest need. Some measures are under way; what else can be done is what he had come to discuss.</p>',
    attribution: blinken,
    tags: ['Aid', 'Diplomacy'],
  },
  {
    name: 'warning',
    at: '13',
    timeLabel: 'afternoon',
    headline: 'Blinken cautions Israel’s government against inflaming the situation',
    body: '<p>The warning went to the prime minister himself as well as to his government, he says.</p>',
    key: true,
    attribution: blinken,
    tags: ['Diplomacy'],
  },
  {
    name: 'officials',
    at: '13',
    timeLabel: 'afternoon',
    headline: 'Washington worried by what Israeli officials say and do',
    body: '<p>Remarks and acts, some of them by people in office, heat the conflict, cost Israel sympathy abroad and make its own security harder to keep: so Blinken sums up what he told Netanyahu and his staff.</p>',
    attribution: blinken,
    tags: ['Diplomacy'],
  },
  {
    name: 'region',
    at: '14',
    timeLabel: 'afternoon',
    headline: 'After stops in Saudi Arabia, Qatar and Egypt, Blinken describes a different Middle East',
    body: '<p>Israel would have its place among its neighbours and be safe there, and Palestinians would attain what they hope for. He calls such an outcome possible.</p>',
    attribution: blinken,
    tags: ['Diplomacy'],
  },
  {
    name: 'reply',
    at: '16',
    timeLabel: 'afternoon',
    headline: 'Washington rejects the reply of Hamas',
    body: '<p>The reply can’t be accepted, Blinken says.</p>',
    attribution: blinken,
    tags: ['Ceasefire talks'],
    correction: {
      headline: 'Washington rejects parts of the reply of Hamas',
      body: '<p>Some of what the reply asks for can’t be accepted, Blinken says. He doesn’t turn it down as a whole.</p>',
      correction: 'The first version of this entry had the whole reply rejected. Blinken spoke of parts of it.',
    },
  },
  {
    name: 'possible',
    at: '16',
    timeLabel: 'afternoon',
    headline: 'Israel and Hamas can still come to terms, Blinken says',
    body: '<p>He takes the reply of Hamas for a beginning, and promises that the United States will not rest before there is a result. Netanyahu had spoken sharply before.</p>',
    key: true,
    attribution: blinken,
    tags: ['Ceasefire talks'],
  },
  {
    name: 'war-goes-on',
    at: '19',
    timeLabel: 'evening',
    headline: 'Netanyahu: Israel fights on until nothing is left of Hamas',
    body: '<p>The prime minister renews this vow in front of the press.</p>',
    key: true,
    attribution: netanyahu,
    tags: ['Israel'],
  },
  {
    name: 'months',
    at: '19',
    timeLabel: 'evening',
    headline: 'Israel will have reached its aims within months, its prime minister claims',
    body: '<p>Netanyahu calls a total victory near and rules out stopping short of it.</p>',
    verification: 'claim',
    attribution: netanyahu,
    tags: ['Israel'],
  },
  {
    name: 'no-commitment',
    at: '19',
    timeLabel: 'evening',
    headline: 'Israel has not bound itself to the ceasefire that Hamas proposes; contacts go on',
    body: '<p>Both statements are Netanyahu’s, made at the same appearance.</p>',
    key: true,
    attribution: netanyahu,
    tags: ['Ceasefire talks', 'Israel'],
  },
  {
    name: 'captives',
    at: '21',
    timeLabel: 'night',
    headline: 'Hopes for a release of captives meet reports of a refusal',
    body: '<p>Blinken hoped for an accord on the people whom Hamas and other Palestinian factions hold. But Netanyahu let him know, Israeli media report, that Israel means to end Hamas first and the war only then.</p>',
    verification: 'claim',
    attribution: 'according to Israeli media',
    tags: ['Ceasefire talks'],
  },
] as const;

type Entry = (typeof entries)[number];

const rowOf = ({ name, at, headline, body, tags, ...more }: Entry): ImportRow => {
  const { correction: _, ...fields } = { correction: undefined, ...more };
  return {
    ...fields,
    externalId: `daymark-sample:${name}`,
    // In February Gaza is two hours ahead of UTC.
    occurredAt: at === null ? '2024-02-07' : `2024-02-07T${at}:00:00+02:00`,
    precision: at === null ? 'day' : 'hour',
    headline,
    body,
    bodyFormat: 'html',
    sources: [{ name: 'Sample entry, rewritten from a news report of 7 February 2024', url: null }],
    tags: [sampleTag, ...tags],
    byline: 'Daymark sample',
    language: 'en',
  };
};

export const sampleEntries: readonly SampleEntry[] = entries.map((entry) => ({
  name: entry.name,
  row: rowOf(entry),
  ...('correction' in entry ? { correction: entry.correction } : {}),
}));
