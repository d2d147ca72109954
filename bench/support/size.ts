/** A count from the environment, so that a quick look needs no edit: `BENCH_FOLLOWERS=500 npm run bench -- B1`. */
export function sizeOf(name: string, preset: number): number {
  const given = Number(process.env[`BENCH_${name}`]);
  return Number.isInteger(given) && given > 0 ? given : preset;
}

export function progress(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
