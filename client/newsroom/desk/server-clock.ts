/** How far the server’s clock is ahead of this machine’s, ms. A phone that is minutes off must not post into the future. */
let aheadMs = 0;

export const serverNow = (): number => Date.now() + aheadMs;

/** Compares the clocks by the `Date` of an answer, which is cut to the second; less than two seconds are none. */
export async function compareClocks(): Promise<void> {
  try {
    const before = Date.now();
    const { headers } = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    const date = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(date)) return;
    const ahead = date + 500 - (before + Date.now()) / 2;
    aheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead;
  } catch (error) {
    console.warn(error); // offline: this machine’s clock has to do
  }
}
