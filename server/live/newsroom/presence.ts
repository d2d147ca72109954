import { z } from 'zod';
import type { Present, Quiet } from '../../../shared/newsroom-protocol.ts';

const seatSchema = z.object({
  timeline: z.string(),
  id: z.string(),
  actor: z.string(),
  name: z.string(),
  role: z.enum(['reporter', 'editor', 'admin']),
  editing: z.string().nullable(),
});

/** Somebody at the desk of a timeline. */
export type Seat = z.infer<typeof seatSchema>;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), node: z.string() }),
  z.object({ kind: z.literal('seats'), node: z.string(), seats: z.array(seatSchema) }),
  z.object({ kind: z.literal('quiet'), timeline: z.string(), what: z.enum(['drafts', 'settings']) }),
]);
type Message = z.infer<typeof messageSchema>;

/** What a node is told by another: a line of JSON; null where it is none of ours, such as a later version’s. */
function parseMessage(text: string): Message | null {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What tells every open desk of a timeline, on all nodes, to read something again. */
export function quietMessage(timeline: string, what: Quiet): string {
  const message: Message = { kind: 'quiet', timeline, what };
  return JSON.stringify(message);
}

export interface PresenceParts {
  /** Of this node; another each time that it starts. */
  node: string;
  tell: (message: string) => void;
  /** Monotonic, ms. */
  clock: () => number;
  /** Who is at the desk of a timeline has changed. */
  onPeople: (timeline: string) => void;
  onQuiet: (timeline: string, what: Quiet) => void;
}

/** A node that has not been heard for so long is gone, and its people with it. */
export const nodeSilentMs = 16_000;
/** An update counts as being edited for so long after its editor last said so. */
export const editingMs = 45_000;

/**
 * Who is at which desk, over all nodes. Each tells all of its own people whenever something changes and in any case every few
 * seconds, so that a lost message is made good by the next; nothing is stored.
 */
export class Presence {
  readonly #parts: PresenceParts;
  readonly #own = new Map<string, { seat: Seat; saidAt: number }>();
  readonly #others = new Map<string, { seats: readonly Seat[]; heardAt: number }>();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** Asks all other nodes who is there. */
  hello(): void {
    this.#tell({ kind: 'hello', node: this.#parts.node });
  }

  sit(seat: Seat): void {
    this.#own.set(keyOf(seat), { seat, saidAt: this.#parts.clock() });
    this.#changed([seat.timeline]);
  }

  edit(id: string, timeline: string, update: string | null): void {
    const own = this.#own.get(keyOf({ id, timeline }));
    if (!own) return;
    own.saidAt = this.#parts.clock();
    if (own.seat.editing === update) return;
    own.seat = { ...own.seat, editing: update };
    this.#changed([timeline]);
  }

  /** Leaves one desk, or, without a timeline, all. */
  rise(id: string, timeline?: string): void {
    const left = [...this.#own.values()].filter(
      ({ seat }) => seat.id === id && (timeline === undefined || seat.timeline === timeline),
    );
    for (const { seat } of left) this.#own.delete(keyOf(seat));
    if (left.length > 0) this.#changed(left.map(({ seat }) => seat.timeline));
  }

  people(timeline: string): Present[] {
    const own = [...this.#own.values()].map(({ seat }) => seat);
    const others = [...this.#others.values()].flatMap(({ seats }) => seats);
    return [...own, ...others]
      .filter((seat) => seat.timeline === timeline)
      .map(({ timeline: _, ...present }) => present)
      .sort((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1));
  }

  hear(text: string): void {
    const message = parseMessage(text);
    if (message?.kind === 'quiet') this.#parts.onQuiet(message.timeline, message.what);
    else if (message && message.node !== this.#parts.node) this.#hearNode(message);
  }

  /** To be called every few seconds. */
  beat(): void {
    const now = this.#parts.clock();
    for (const own of this.#own.values()) {
      const { seat, saidAt } = own;
      if (seat.editing !== null && now - saidAt > editingMs) this.edit(seat.id, seat.timeline, null);
    }
    for (const [node, { heardAt }] of this.#others) if (now - heardAt > nodeSilentMs) this.#replace(node, []);
    if (this.#own.size > 0) this.#tellSeats();
  }

  #hearNode(message: Exclude<Message, { kind: 'quiet' }>): void {
    if (message.kind === 'seats') this.#replace(message.node, message.seats);
    else if (this.#own.size > 0) this.#tellSeats();
  }

  #replace(node: string, seats: readonly Seat[]): void {
    const before = this.#others.get(node)?.seats ?? [];
    if (seats.length > 0) this.#others.set(node, { seats, heardAt: this.#parts.clock() });
    else this.#others.delete(node);
    if (JSON.stringify(before) === JSON.stringify(seats)) return;
    for (const timeline of new Set([...before, ...seats].map((seat) => seat.timeline))) this.#parts.onPeople(timeline);
  }

  #changed(timelines: readonly string[]): void {
    this.#tellSeats();
    for (const timeline of new Set(timelines)) this.#parts.onPeople(timeline);
  }

  #tellSeats(): void {
    this.#tell({ kind: 'seats', node: this.#parts.node, seats: [...this.#own.values()].map(({ seat }) => seat) });
  }

  #tell(message: Message): void {
    this.#parts.tell(JSON.stringify(message));
  }
}

const keyOf = ({ id, timeline }: Pick<Seat, 'id' | 'timeline'>): string => `${id} ${timeline}`;
