import { bitsOf } from './facets.ts';
import type { Found, Place, Wanted } from './search-store.ts';

/** Bytes of a record and of an entry of a posting, as search-index.lua writes them. */
const recordBytes = 8;
const entryBytes = 3;
const isThere = 1;
const isKey = 2;

export type Match = Pick<Found, 'total'> & { places: Place[] };

type Condition = Omit<Wanted, 'words' | 'beginnings'>;

/**
 * The numbers that fit: in one posting at least of each of `words`, and by day and key what is wanted. Gives the first of
 * them in order, newest event first; equal instants, last indexed first. `words` has the postings of each word’s forms.
 */
export function match(
  words: readonly (readonly Buffer[])[],
  records: Buffer,
  condition: Condition,
  { after, limit }: { after: Place | null; limit: number },
): Match {
  const first = new First(limit);
  let total = 0;
  eachThatFits(words, records, condition, (number) => {
    total += 1;
    const seconds = records.readUInt32BE((number - 1) * recordBytes);
    if (first.isBehind(seconds, number)) return;
    const place = { seconds, number };
    if (after === null || comparePlaces(place, after) > 0) first.insert(place);
  });
  return { total, places: first.places };
}

/** How many numbers fit, by conflict day. */
export function countByDay(
  words: readonly (readonly Buffer[])[],
  records: Buffer,
  condition: Condition,
): Map<number, number> {
  const days = new Map<number, number>();
  eachThatFits(words, records, condition, (_number, day) => days.set(day, (days.get(day) ?? 0) + 1));
  return days;
}

/** From the last indexed on: mostly the newest, so that those after it are behind it and cost a comparison each. */
function eachThatFits(
  words: readonly (readonly Buffer[])[],
  records: Buffer,
  { firstDay, lastDay, keyOnly, facets = {} }: Condition,
  take: (number: number, day: number) => void,
): void {
  const counts = countsOf(words, records.length / recordBytes);
  const flags = keyOnly ? isThere | isKey : isThere;
  const { mask, bits } = bitsOf(facets);
  for (let number = counts.length - 1; number > 0; number--) {
    if (counts[number] !== words.length) continue;
    const at = (number - 1) * recordBytes;
    if (((records[at + 6] ?? 0) & flags) !== flags || ((records[at + 7] ?? 0) & mask) !== bits) continue;
    const day = records.readUInt16BE(at + 4);
    if (day >= firstDay && day <= lastDay) take(number, day);
  }
}

/** By number, how many of `words` were met one after the other; all of them where it fits. */
function countsOf(words: readonly (readonly Buffer[])[], numbers: number): Uint8Array {
  const counts = new Uint8Array(numbers + 1);
  for (const [before, postings] of words.entries()) {
    for (const posting of postings) {
      for (let at = 0; at + entryBytes <= posting.length; at += entryBytes) {
        // Entries of what was indexed after the records were read lie beyond the end, where nothing is kept.
        const number = ((posting[at] ?? 0) << 16) | ((posting[at + 1] ?? 0) << 8) | (posting[at + 2] ?? 0);
        if (counts[number] === before) counts[number] = before + 1;
      }
    }
  }
  return counts;
}

export const comparePlaces = (a: Place, b: Place): number => b.seconds - a.seconds || b.number - a.number;

/** The first of many in order. */
class First {
  readonly places: Place[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** So many are before it already. */
  isBehind(seconds: number, number: number): boolean {
    if (this.places.length < this.#limit) return false;
    const last = this.places[this.#limit - 1];
    return last === undefined || seconds < last.seconds || (seconds === last.seconds && number < last.number);
  }

  insert(place: Place): void {
    const { places } = this;
    let low = 0;
    for (let high = places.length; low < high; ) {
      const middle = (low + high) >> 1;
      const other = places[middle];
      if (other && comparePlaces(other, place) < 0) low = middle + 1;
      else high = middle;
    }
    places.splice(low, 0, place);
    if (places.length > this.#limit) places.pop();
  }
}
