import { randomInt } from 'node:crypto';

/**
 * `npm test` runs few rounds with a fixed seed, `npm run test:faults` the plan's rounds with a new one. To run one round
 * again: FAULT_SEED=… FAULT_ROUNDS=17-17 npm run test:faults -- -t T1
 */
const isLong = process.env['TEST_SUITE'] === 'faults';

export const seed = Number(process.env['FAULT_SEED'] ?? (isLong ? randomInt(2 ** 31) : 20_231_007));

/** Numbers of the rounds to run: `few` in `npm test`, `many` otherwise, unless FAULT_ROUNDS says `20`, or `17-17`. */
export function rounds(few: number, many: number): number[] {
  const asked = /^(?:(?<from>\d+)-)?(?<to>\d+)$/.exec(process.env['FAULT_ROUNDS'] ?? '')?.groups;
  const from = Number(asked?.['from'] ?? 1);
  const to = Number(asked?.['to'] ?? (isLong ? many : few));
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Where each round's verdict goes as a line of JSON, beside stdout; `npm run test:faults` makes its table of it. */
export const verdictsFile = process.env['FAULT_VERDICTS'] ?? null;
