import type { NewSummary } from '../../../shared/summary.ts';
import type { EntryName } from './entries.ts';

interface Point {
  text: string;
  entries: readonly EntryName[];
}

const sections: readonly { heading: string; points: readonly Point[] }[] = [
  {
    heading: 'Ceasefire talks',
    points: [
      {
        text: 'The United States holds that Israel and Hamas can still come to terms, though it rejects parts of Hamas’s reply.',
        entries: ['possible', 'reply'],
      },
      {
        text: 'Israel has not bound itself to the ceasefire that Hamas proposes, says Netanyahu; contacts go on.',
        entries: ['no-commitment'],
      },
      {
        text: 'Netanyahu told Blinken, Israeli media report, that the war ends only after Hamas has been destroyed.',
        entries: ['captives'],
      },
    ],
  },
  {
    heading: 'Israel and the United States',
    points: [
      {
        text: 'Netanyahu vows to fight on until nothing is left of Hamas, and speaks of months.',
        entries: ['war-goes-on', 'months'],
      },
      {
        text: 'Blinken, in Tel Aviv, cautions Israel’s government against inflaming the situation, and worries about what its officials say and do.',
        entries: ['meeting', 'warning', 'officials'],
      },
      {
        text: 'More help for civilians was the main subject of his talks, the secretary of state says.',
        entries: ['aid'],
      },
    ],
  },
  {
    heading: 'On the ground',
    points: [
      {
        text: 'Deaths and injuries are reported after bombs hit two homes in Rafah. The report is unconfirmed and gives no number.',
        entries: ['rafah'],
      },
    ],
  },
];

/** The editors’ summary of the sample’s day; `ids`: the update that each entry has become. */
export const sampleSummary = (ids: ReadonlyMap<EntryName, string>): NewSummary => ({
  sections: sections.map(({ heading, points }) => ({
    heading,
    points: points.map(({ text, entries }) => ({
      text,
      updates: entries.flatMap((name) => ids.get(name) ?? []),
    })),
  })),
});
