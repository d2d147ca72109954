import { isPublic } from '../day.ts';
import { plainText } from '../text.ts';
import type { Update } from '../update.ts';
import { type Similarity, similarityOf } from './similarity.ts';
import { wordsOf } from './words.ts';

/** Beyond so many words an update says nothing that a comparison would need. */
const mostWords = 400;

/** What the rank of an update is made of, each in standard deviations of its day but `trust`. */
export interface Signals {
  /** How much of it is taken up again later in the day: what matters is followed up. */
  followed: number;
  /** How far its length is from the usual, squared: neither snippets nor essays are developments. */
  oddLength: number;
  /** Several sources or a confirmation speak for it, a dispute against it. */
  trust: number;
}

export type Weights = Record<keyof Signals | 'sameness', number>;

/**
 * docs/decisions/042 says how the first two were measured; `trust` could not be, so it settles little more than ties.
 * `sameness` keeps a proposal from saying one thing twice.
 */
const weights: Weights = { followed: 0.5, oddLength: -0.5, trust: 0.2, sameness: 1 };

/** How many points a day of so many updates is worth. */
export const proposalSize = (updates: number): number =>
  Math.min(updates, Math.max(3, Math.min(7, Math.round(updates / 7))));

/**
 * The updates of a day that an editor would most likely choose, best first: for days on which nobody has flagged any. Pure
 * arithmetic on what they say, in any language; it is a proposal and has to be called one.
 */
export function propose(day: readonly Update[], size?: number, by: Weights = weights): Update[] {
  const { updates, alike, signals } = readDay(day);
  const scores = signals.map(
    ({ followed, oddLength, trust }) => by.followed * followed + by.oddLength * oddLength + by.trust * trust,
  );
  const order = inOrder(scores, alike, by.sameness, size ?? proposalSize(updates.length));
  return order.flatMap((at) => updates[at] ?? []);
}

/** The updates that can be proposed, in the order of events, and what speaks for each. */
export function readDay(day: readonly Update[]): { updates: Update[]; alike: Similarity; signals: Signals[] } {
  const updates = candidates(day);
  const texts = updates.map(wordsIn);
  const alike = similarityOf(texts);
  const lengths = standardised(texts.map((words) => Math.log(words.length + 1)));
  const followed = standardised(alike.map((row, at) => topThree(row.subarray(at + 1))));
  const signals = updates.map((update, at) => ({
    followed: followed[at] ?? 0,
    oddLength: (lengths[at] ?? 0) ** 2,
    trust: trustIn(update),
  }));
  return { updates, alike, signals };
}

/** In the order of events: what comes later in the day can follow up what came before. */
function candidates(day: readonly Update[]): Update[] {
  const standing = day.filter((update) => isPublic(update) && update.status !== 'retracted');
  return standing.sort((a, b) => compare(a.occurredAt, b.occurredAt) || compare(a.id, b.id));
}

function trustIn({ verification, sources }: Update): number {
  if (verification === 'disputed') return -1;
  return verification === 'confirmed' || sources.length > 1 ? 1 : 0;
}

/** The best, then the best of what is unlike those, and so on. */
function inOrder(scores: readonly number[], alike: Similarity, aversion: number, size: number): number[] {
  const left = [...scores];
  return Array.from({ length: Math.min(size, scores.length) }, () => {
    const best = left.indexOf(Math.max(...left));
    for (const [at, sameness] of (alike[best] ?? []).entries()) left[at] = (left[at] ?? 0) - aversion * sameness;
    left[best] = Number.NEGATIVE_INFINITY;
    return best;
  });
}

const wordsIn = ({ headline, body, language }: Update): string[] =>
  wordsOf(`${headline} ${plainText(body)}`, language).slice(0, mostWords);

/** The sum of the three highest. */
function topThree(values: Float64Array): number {
  let [first, second, third] = [0, 0, 0];
  for (const value of values) {
    if (value > first) [first, second, third] = [value, first, second];
    else if (value > second) [second, third] = [value, second];
    else if (value > third) third = value;
  }
  return first + second + third;
}

function standardised(values: readonly number[]): number[] {
  const mean = sum(values) / values.length;
  const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
  return values.map((value) => (deviation > 1e-9 ? (value - mean) / deviation : 0));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
