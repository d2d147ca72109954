import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addPoint,
  addSection,
  type Draft,
  draftOf,
  isSame,
  movePoint,
  moveSection,
  placeName,
  placePoint,
  placeSection,
  removePoint,
  removeSection,
  sectionsOf,
  tie,
  untie,
} from '../../../client/newsroom/summary/draft.ts';

/** `['Fighting: a b', 'Talks: c']` as a draft, and back. */
const draft = (...lines: string[]): Draft =>
  draftOf(
    lines.map((line) => {
      const [heading = '', texts = ''] = line.split(': ');
      const points = texts.split(' ').filter(Boolean);
      return { heading, points: points.map((text) => ({ text, updates: [`u-${text}`] })) };
    }),
  );
const shown = (of: Draft): string[] =>
  of.map(({ heading, points }) => `${heading}: ${points.map(({ text }) => text).join(' ')}`);
const keyOf = (of: Draft, text: string): string =>
  of.flatMap(({ points }) => points).find((point) => point.text === text)?.key ?? '';
const two = (): Draft => draft('Fighting: a b c', 'Talks: d');

describe('the draft of a summary', () => {
  test('SUME1 a point moves up and down, from the edge of a section into the next one, and no further', () => {
    const of = two();
    const moved = (text: string, step: -1 | 1, from = of) => shown(movePoint(from, keyOf(from, text), step));
    expect(moved('b', -1)).toEqual(['Fighting: b a c', 'Talks: d']);
    expect(moved('b', 1)).toEqual(['Fighting: a c b', 'Talks: d']);
    expect(moved('c', 1)).toEqual(['Fighting: a b', 'Talks: c d']);
    expect(moved('d', -1)).toEqual(['Fighting: a b c d', 'Talks: ']);
    expect(moved('a', -1)).toEqual(shown(of));
    expect(moved('d', 1)).toEqual(shown(of));
    expect(placeName(of, keyOf(of, 'b'))).toBe('2 of 3 in Fighting');
  });

  test('SUME1 a dragged point goes where it is dropped, counted before it leaves its place', () => {
    const of = two();
    const [fighting = '', talks = ''] = of.map(({ key }) => key);
    expect(shown(placePoint(of, keyOf(of, 'a'), fighting, 3))).toEqual(['Fighting: b c a', 'Talks: d']);
    expect(shown(placePoint(of, keyOf(of, 'c'), fighting, 0))).toEqual(['Fighting: c a b', 'Talks: d']);
    expect(shown(placePoint(of, keyOf(of, 'b'), fighting, 1))).toEqual(shown(of));
    expect(shown(placePoint(of, keyOf(of, 'a'), talks, 1))).toEqual(['Fighting: b c', 'Talks: d a']);
  });

  test('SUME1 sections move whole; one that goes leaves its points to its neighbour', () => {
    const of = draft('A: a', 'B: b', 'C: c');
    const [first = '', second = '', third = ''] = of.map(({ key }) => key);
    expect(shown(moveSection(of, third, -1))).toEqual(['A: a', 'C: c', 'B: b']);
    expect(shown(moveSection(of, first, -1))).toEqual(shown(of));
    expect(shown(moveSection(of, third, 1))).toEqual(shown(of));
    expect(shown(placeSection(of, first, 3))).toEqual(['B: b', 'C: c', 'A: a']);
    expect(shown(removeSection(of, second))).toEqual(['A: a b', 'C: c']);
    expect(shown(removeSection(of, first))).toEqual(['B: a b', 'C: c']);
    const [only = { key: '' }] = draft('A: a');
    expect(shown(removeSection(draft('A: a'), only.key))).toEqual(['A: a']);
  });

  test('SUME2 a point is tied to several updates, to each once', () => {
    const of = two();
    const key = keyOf(of, 'a');
    const tied = tie(tie(of, key, 'u-x'), key, 'u-x');
    expect(sectionsOf(tied)[0]?.points[0]).toEqual({ text: 'a', updates: ['u-a', 'u-x'] });
    expect(sectionsOf(untie(tied, key, 'u-a'))[0]?.points[0]?.updates).toEqual(['u-x']);
  });

  test('SUME3 empty points and sections are not published', () => {
    const { draft: more } = addPoint(addSection(two(), 'Empty'), { text: '  ', updates: [] });
    expect(isSame(more, two())).toBe(true);
    expect(sectionsOf(draftOf([]))).toEqual([]);
  });

  test('SUME1 whatever is moved, nothing is lost and nothing doubled', () => {
    const act = fc.tuple(fc.nat(3), fc.nat(6), fc.nat(4), fc.constantFrom(-1 as const, 1 as const));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let of = draft('A: a b c', 'B: d e', 'C: f');
        for (const [kind, point, index, step] of acts) {
          const key = keyOf(of, 'abcdef'[point % 6] ?? 'a');
          const section = of[index % of.length]?.key ?? '';
          if (kind === 0) of = movePoint(of, key, step);
          else if (kind === 1) of = placePoint(of, key, section, index);
          else if (kind === 2) of = moveSection(of, section, step);
          else of = removeSection(of, section);
        }
        const texts = of.flatMap(({ points }) => points.map(({ text }) => text)).sort();
        expect(texts).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
        expect(shown(removePoint(of, keyOf(of, 'a'))).join()).not.toContain(' a');
      }),
    );
  });
});
