/** Milliseconds on the machine’s monotonic clock: comparable between processes, and never set back. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
