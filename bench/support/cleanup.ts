/** What a measurement has started, ended in the opposite order whatever happens in it. */
export class Cleanup {
  readonly #ends: (() => unknown)[] = [];

  /** Takes note of how to end something and gives it back. */
  add<T>(thing: T, end: (thing: T) => unknown): T {
    this.#ends.push(() => end(thing));
    return thing;
  }

  async run(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        console.error('A measurement left something behind:', error);
      }
    }
  }
}

export async function withCleanup<T>(work: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  try {
    return await work(cleanup);
  } finally {
    await cleanup.run();
  }
}
