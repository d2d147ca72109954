/** What has been begun beside the looks of a job, each thing once at a time. `About` is what its place among the others depends on. */
export class UnderWay<About = undefined> {
  readonly #all = new Map<string, { about: About; done: Promise<void> }>();

  get size(): number {
    return this.#all.size;
  }

  has(key: string): boolean {
    return this.#all.has(key);
  }

  count(fits: (about: About) => boolean): number {
    return [...this.#all.values()].filter(({ about }) => fits(about)).length;
  }

  /** `work` handles its own errors. */
  begin(key: string, about: About, work: () => Promise<void>): void {
    const done = work().finally(() => this.#all.delete(key));
    this.#all.set(key, { about, done });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#all.size > 0) await Promise.all([...this.#all.values()].map(({ done }) => done));
  }
}
