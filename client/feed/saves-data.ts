/** The reader’s device is told to save data: what can be done without is not fetched. */
export const savesData = (): boolean =>
  (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)?.connection?.saveData === true ||
  globalThis.matchMedia?.('(prefers-reduced-data: reduce)').matches === true;
