import { setTimeout as pause } from 'node:timers/promises';
import { type Client, NoAnswer } from './client.ts';
import type { Verdict } from './round.ts';

/** A visitor who keeps asking for the same few addresses while something is broken: each must be answered with 200. */
export class Probe {
  readonly #client: Client;
  readonly #paths: readonly string[];
  readonly #faults: string[] = [];
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #asked = 0;
  #longestMs = 0;

  constructor(client: Client, paths: readonly string[]) {
    this.#client = client;
    this.#paths = paths;
  }

  /** Asks once while all is well: what a server has never shown it can’t show from memory. */
  async warm(): Promise<void> {
    for (const path of this.#paths) await this.#client.text(path);
  }

  start(): void {
    this.#running = this.#ask();
  }

  async stop(): Promise<Verdict> {
    this.#stopped = true;
    await this.#running;
    return { faults: this.#faults, figures: { pagesRead: this.#asked, pageLongestMs: Math.round(this.#longestMs) } };
  }

  async #ask(): Promise<void> {
    while (!this.#stopped) {
      for (const path of this.#paths) await this.#askOne(path);
      await pause(100);
    }
  }

  async #askOne(path: string): Promise<void> {
    const begun = performance.now();
    const status = await this.#client.call(path).then(
      (answer) => answer.status,
      (error: unknown) => {
        if (error instanceof NoAnswer) return error.message;
        throw error;
      },
    );
    this.#asked += 1;
    this.#longestMs = Math.max(this.#longestMs, performance.now() - begun);
    if (status !== 200) this.#faults.push(`${path} answered ${status}`);
  }
}
