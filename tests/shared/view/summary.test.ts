import { describe, expect, test } from '@jest/globals';
import type { Summary } from '../../../shared/summary.ts';
import { summarySection } from '../../../shared/view/summary.ts';
import { context, wordsOf } from './sample.ts';

const summary = (more: Partial<Summary> = {}): Summary => ({
  timeline: 'gaza',
  day: 124,
  date: '2024-02-07',
  title: 'Most important developments of the 124th day of the war on the Gaza Strip',
  automatic: false,
  sections: [
    { heading: 'Diplomacy', points: [{ text: 'They <talked>.', updates: ['A', 'B'] }] },
    { heading: null, points: [{ text: 'Trucks passed.', updates: ['C'] }] },
  ],
  outdated: [],
  revision: 1,
  revisedAt: '2024-02-07T17:10:00.000Z',
  ...more,
});
const times = new Map([
  ['A', '18:20'],
  ['C', '11:04'],
]);
const render = (more: Partial<Summary> = {}) => summarySection(summary(more), (id) => times.get(id) ?? null, context());

describe('a summary', () => {
  test('PAGE8 its points lead to the updates behind them, by their time where they are on the page', () => {
    const { text } = render();
    expect(text).toContain(
      'They &lt;talked&gt;. <a class="cite" href="#u-A">18:20</a> <a class="cite" href="/gaza/updates/B">See the update</a>',
    );
    expect(text).toContain('<h3>Diplomacy</h3>');
    expect(wordsOf(render())).toContain('Summary revised 19:10');
  });

  test('PAGE8 a point says when an update behind it has changed since', () => {
    expect(wordsOf(render({ outdated: ['C'] }))).toMatch(
      /Trucks passed\. 11:04 An update behind this point has changed/,
    );
    expect(wordsOf(render())).not.toContain('has changed');
  });

  test('PAGE8 one that no editor wrote says so, and each point is the link', () => {
    const automatic = render({
      automatic: true,
      revisedAt: null,
      sections: [{ heading: null, points: [{ text: 'It rained.', updates: ['A'] }] }],
    });
    expect(automatic.text).toContain('<li><a href="#u-A">It rained.</a>');
    expect(wordsOf(automatic)).toContain('Compiled automatically');
  });
});
