import { createHash } from 'node:crypto';
import { randomFrom as seeded } from '../../support/random.ts';

/** Chance that a seed repeats: the same parts give the same sequence. */
export interface Random {
  /** From 0 to 1, without 1. */
  fraction(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
}

/** Begun at a hash of the parts: a round depends on seed, test and number alone, not on the rounds before it. */
export function randomFrom(...parts: (string | number)[]): Random {
  const fraction = seeded(createHash('sha256').update(parts.join('\n')).digest().readUInt32LE(0));
  const between = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => from[between(0, from.length - 1)] as T;
  return { fraction, between, pick, chance: (probability) => fraction() < probability };
}
