import type { Surroundings } from '../../../client/feed/follow.ts';
import { pollingWith } from '../../../client/feed/polling-channel.ts';
import { streamsWith } from '../../../client/feed/stream-channel.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { TestEventSource } from '../../support/event-source.ts';
import { readerSocket } from '../../support/reader-socket.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Client } from './client.ts';
import { Reader } from './reader.ts';
import type { Round, Verdict } from './round.ts';

/** Who has the page of the only day open while the writers post, and how soon after it all must be complete again. */
export interface Readers {
  count: number;
  origin: () => string;
  withinMs: (round: Round) => number;
}

const stream = streamsWith(TestEventSource as unknown as typeof EventSource);
/** As a page does it. */
const polling = pollingWith({ fetch, random: Math.random, everyMs: 5_000, answerMs: 15_000 });

/** Every other reader is one whose network lets no socket through, or nothing but plain requests. */
const ways: Partial<Surroundings>[] = [
  { socket: readerSocket, stream },
  { socket: stream, stream },
  { socket: readerSocket, stream },
  { socket: polling, stream: polling },
];

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
      const around = ways[i % ways.length] ?? {};
      this.#readers.push(await Reader.open(this.#client, this.#origin(), this.#slug, around));
    }
  }

  /** Waits until all stand at the head, which `changes` or more led to, and compares what they see with the page of `truth`. */
  async complete(truth: Client, withinMs: number, changes = 0): Promise<Verdict> {
    const readers = this.#readers;
    if (readers.length === 0) return { faults: [], figures: {} };
    const position = await this.#head(truth, changes);
    const waited = await Promise.all(readers.map((reader) => reader.caughtUp(position, withinMs)));
    const faults = (await Promise.all(readers.map((reader) => reader.compare(truth)))).flat();
    const resets = readers.reduce((sum, reader) => sum + reader.resets, 0);
    const reconnected = readers.reduce((sum, reader) => sum + Math.max(0, reader.timesLive - 1), 0);
    return { faults, figures: { readers: readers.length, completeMs: Math.max(...waited), reconnected, resets } };
  }

  /** A node that was cut off from its store tells for a moment what it knew last: that is not the head. */
  #head(truth: Client, changes: number): Promise<string> {
    return waitFor(async () => {
      const { position } = await truth.read<Timeline>(`/api/v1/timelines/${this.#slug}`);
      return Number(position.split(':')[1]) >= changes && position;
    }, 'a node that knows of everything');
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
    this.#client.close();
  }
}
