/** One timer for each timeline that has followers: beats after a while in which nothing else was sent to them. */
export class Heartbeat {
  readonly #periodMs: number;
  readonly #beat: (slug: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Since the start. */
  beats = 0;

  constructor(periodMs: number, beat: (slug: string) => void) {
    this.#periodMs = periodMs;
    this.#beat = beat;
  }

  begin(slug: string): void {
    if (this.#timers.has(slug)) return;
    const timer = setInterval(() => {
      this.beats += 1;
      this.#beat(slug);
    }, this.#periodMs);
    timer.unref();
    this.#timers.set(slug, timer);
  }

  /** Something was sent to all followers of this timeline: the silence starts again. */
  sent(slug: string): void {
    this.#timers.get(slug)?.refresh();
  }

  end(slug: string): void {
    clearInterval(this.#timers.get(slug));
    this.#timers.delete(slug);
  }

  stop(): void {
    for (const slug of [...this.#timers.keys()]) this.end(slug);
  }
}
