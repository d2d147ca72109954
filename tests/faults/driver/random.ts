import { createHash } from 'node:crypto';

/** Chance that a seed repeats: the same parts give the same sequence. */
export interface Random {
  /** From 0 to 1, without 1. */
  fraction(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
}

/** Mulberry32, begun at a hash of the parts: a round depends on seed, test and number alone, not on the rounds before it. */
export function randomFrom(...parts: (string | number)[]): Random {
  let state = createHash('sha256').update(parts.join('\n')).digest().readUInt32LE(0);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => from[between(0, from.length - 1)] as T;
  return { fraction, between, pick, chance: (probability) => fraction() < probability };
}
