import type { Timeline } from '../../../shared/timeline.ts';
import { Client } from './client.ts';
import { Reader } from './reader.ts';
import type { Round, Verdict } from './round.ts';

/** Who has the page of the only day open while the writers post, and how soon after it all must be complete again. */
export interface Readers {
  count: number;
  origin: () => string;
  withinMs: (round: Round) => number;
}

/** All readers of a round. */
export class Audience {
  readonly #slug: string;
  readonly #origin: () => string;
  readonly #count: number;
  readonly #client: Client;
  readonly #readers: Reader[] = [];

  constructor(slug: string, { count, origin }: Pick<Readers, 'count' | 'origin'> = { count: 0, origin: () => '' }) {
    this.#slug = slug;
    this.#origin = origin;
    this.#count = count;
    this.#client = new Client(origin);
  }

  async open(): Promise<void> {
    for (let i = 0; i < this.#count; i++) {
      this.#readers.push(await Reader.open(this.#client, this.#origin(), this.#slug));
    }
  }

  /** Waits until all stand where `truth` does, and compares what they see with the page there. */
  async complete(truth: Client, withinMs: number): Promise<Verdict> {
    const readers = this.#readers;
    if (readers.length === 0) return { faults: [], figures: {} };
    const { position } = await truth.read<Timeline>(`/api/v1/timelines/${this.#slug}`);
    const waited = await Promise.all(readers.map((reader) => reader.caughtUp(position, withinMs)));
    const faults = (await Promise.all(readers.map((reader) => reader.compare(truth)))).flat();
    const resets = readers.reduce((sum, reader) => sum + reader.resets, 0);
    const reconnected = readers.reduce((sum, reader) => sum + Math.max(0, reader.timesLive - 1), 0);
    return { faults, figures: { readers: readers.length, completeMs: Math.max(...waited), reconnected, resets } };
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
    this.#client.close();
  }
}
