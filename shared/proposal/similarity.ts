/** Rows of numbers: how alike any two texts are, from 0 to 1. Nothing is alike to itself. */
export type Similarity = readonly Float64Array[];

/** A text as the terms in it and what each weighs. */
interface Vector {
  terms: readonly number[];
  weights: readonly number[];
}

/**
 * How alike texts are in their wording: the cosine of their words, each weighed by how rare it is among these texts. Words
 * that most of them have say nothing, so those in more than half are left out, which also keeps the work small.
 */
export function similarityOf(texts: readonly (readonly string[])[]): Similarity {
  const rows = texts.map(() => new Float64Array(texts.length));
  // Texts before the present one that have a term, and what it weighs there.
  const having: number[][] = [];
  const weighing: number[][] = [];
  for (const [i, { terms, weights }] of vectorsOf(texts).entries()) {
    const row = rows[i] as Float64Array;
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at] as number;
      const weight = weights[at] as number;
      having[term] ??= [];
      weighing[term] ??= [];
      const others = having[term];
      const theirs = weighing[term];
      for (let other = 0; other < others.length; other++)
        row[others[other] as number] = (row[others[other] as number] as number) + weight * (theirs[other] as number);
      others.push(i);
      theirs.push(weight);
    }
    for (let j = 0; j < i; j++) (rows[j] as Float64Array)[i] = row[j] as number;
  }
  return rows;
}

function vectorsOf(texts: readonly (readonly string[])[]): Vector[] {
  const numbers = new Map<string, number>();
  const spread: number[] = [];
  const counted = texts.map((words) => {
    const counts = new Map<number, number>();
    for (const word of words) {
      const term = numbers.get(word) ?? numbers.size;
      if (term === numbers.size) numbers.set(word, term);
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    for (const term of counts.keys()) spread[term] = (spread[term] ?? 0) + 1;
    return counts;
  });
  const isCommon = (many: number): boolean => many > 2 && many * 2 > texts.length;
  const rarity = spread.map((many) => (isCommon(many) ? 0 : Math.max(0, Math.log((texts.length + 1) / (many + 0.5)))));
  return counted.map((counts) => weighed(counts, rarity));
}

function weighed(counts: ReadonlyMap<number, number>, rarity: readonly number[]): Vector {
  const terms: number[] = [];
  const weights: number[] = [];
  let squares = 0;
  for (const [term, count] of counts) {
    const weight = (1 + Math.log(count)) * (rarity[term] ?? 0);
    if (weight === 0) continue;
    terms.push(term);
    weights.push(weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  return { terms, weights: weights.map((weight) => weight / length) };
}
