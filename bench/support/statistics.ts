/** A sample without its noise: the middle, and how far the rounds lay apart. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spreadOf(sample: readonly number[]): Spread {
  if (sample.length === 0) throw new Error('A spread needs at least one figure');
  const sorted = [...sample].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}

/** The value below which `share` (0–1) of the sample lies, by linear interpolation. */
export function percentile(sample: ArrayLike<number>, share: number): number {
  return quantile(Float64Array.from(sample).sort(), share);
}

/** Ratios of rounds that stood side by side: what slows the machine for a while slows both of them. */
export function ratios(ours: readonly number[], theirs: readonly number[]): Spread {
  return spreadOf(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
