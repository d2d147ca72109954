import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { propose, readDay } from '../../../shared/proposal/propose.ts';
import type { Update } from '../../../shared/update.ts';
import { escapeHtml } from '../../../shared/view/html.ts';
import { update } from '../view/sample.ts';
import { learn, type Sample } from './logistic.ts';

/** Days of a live blog and what its editors chose of them: real material beside a checkout of the project, not in it. */
const folder = new URL('../../../../shared/data/', import.meta.url);
const describeWithData = existsSync(folder) ? describe : describe.skip;

interface Row {
  id: string;
  occurredAt: string;
  body: string;
  key: boolean;
  kind?: string;
}

interface Day {
  updates: Update[];
  chosen: Set<string>;
  /** What the editors flagged on that day, chosen or not. */
  flagged: Set<string>;
}

const read = <T>(name: string): T[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** Headlines are left out: this corpus has them for hardly anything but what was chosen. */
const updateOf = ({ id, occurredAt, body }: Row): Update =>
  update({ id, occurredAt, publishedAt: occurredAt, headline: '', body: `<p>${escapeHtml(body)}</p>` });

function days(): Day[] {
  const rows = read<Row>('live-blogs.developments.ndjson');
  return read<{ date: string; bulletDevelopments: string[] }>('live-blogs.gold.ndjson').map(
    ({ date, bulletDevelopments }) => {
      const ofDay = rows.filter(({ occurredAt }) => occurredAt.startsWith(date));
      const flagged = ofDay.filter(({ key, kind }) => key && kind !== 'summary').map(({ id }) => id);
      return { updates: ofDay.map(updateOf), chosen: new Set(bulletDevelopments), flagged: new Set(flagged) };
    },
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of what is proposed, the share that the editors chose; the mean of the days. */
const precision = (all: readonly Day[], proposed: (day: Day) => readonly { id: string }[]): number =>
  mean(
    all.map((day) => {
      const proposal = proposed(day);
      return proposal.filter(({ id }) => day.chosen.has(id)).length / proposal.length;
    }),
  );

describeWithData('the precision of proposals against 15 days of an editors’ choice', () => {
  test('RANK4 is nearly twice that of the obvious rules, and over twice chance', () => {
    const all = days();
    const longest = ({ updates, chosen }: Day) =>
      [...updates].sort((a, b) => b.body.length - a.body.length).slice(0, chosen.size);
    const figures = {
      chance: mean(all.map(({ updates, chosen }) => chosen.size / updates.length)),
      longest: precision(all, longest),
      ownSize: precision(all, ({ updates }) => propose(updates)),
      editorsSize: precision(all, ({ updates, chosen }) => propose(updates, chosen.size)),
    };
    expect(figures.chance).toBeLessThan(0.15);
    expect(figures.ownSize).toBeGreaterThan(0.3);
    expect(figures.editorsSize).toBeGreaterThan(0.3);
  });

  test('RANK4 weights that are learnt from the flags of fourteen days choose as well on the fifteenth', () => {
    const all = days();
    const samples = all.map(({ updates, flagged }): Sample[] => {
      const day = readDay(updates);
      return day.signals.map(({ followed, oddLength }, at) => ({
        signals: [followed, oddLength],
        positive: flagged.has(day.updates[at]?.id ?? ''),
      }));
    });
    const learnt = all.map((_, out) => learn(samples.filter((_, other) => other !== out).flat(), 3));
    const left = precision(all, (day) => {
      const [followed, oddLength] = learnt[all.indexOf(day)] ?? [0, 0];
      return propose(day.updates, day.chosen.size, { followed, oddLength, trust: 0, sameness: 1 });
    });
    expect(left).toBeGreaterThan(0.3);
  });
});
