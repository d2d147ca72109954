import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Position } from '../../shared/position.ts';
import { type Applied, type Store, StoreUnavailable } from '../store/store.ts';

/** A node that is slower than this is not worth a writer’s time: its readers see the change a moment later. */
const defaultPatienceMs = 250;
/** After a wait in vain nobody waits for so long: a frozen node must not slow down every write. */
const impatientMs = 5_000;

interface Waiting {
  slug: string;
  position: Position;
  nodes: number;
  done: () => void;
}

/**
 * Which other nodes have applied what. A write is acknowledged when every node that heard of it serves it, so that whoever
 * asks next finds it, whichever node a proxy leads to. It is a courtesy with a time limit; nothing is lost without it.
 */
export class OtherNodes {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #patienceMs: number;
  readonly #self = randomBytes(6).toString('hex');
  /** slug → node → the last position it told. */
  readonly #applied = new Map<string, Map<string, Position>>();
  readonly #waiting = new Set<Waiting>();
  #count = 0;
  #impatientUntil = 0;

  constructor(store: Store, log: Logger, patienceMs = defaultPatienceMs) {
    this.#store = store;
    this.#log = log;
    this.#patienceMs = patienceMs;
  }

  /** Counts again who listens; nodes that have gone are forgotten. */
  async count(): Promise<void> {
    this.#count = (await this.#store.listeners()) - 1;
    if (this.#count <= 0) this.#applied.clear();
  }

  /** To be called when this node has applied changes: tells the others, if there are any. */
  tell(slug: string, position: Position): void {
    if (this.#count <= 0) return;
    this.#store.tellApplied({ node: this.#self, slug, position }).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) this.#log.error({ err: error }, 'the other nodes were not told');
    });
  }

  hear({ node, slug, position }: Applied): void {
    if (node === this.#self) return;
    const nodes = this.#applied.get(slug) ?? new Map<string, Position>();
    this.#applied.set(slug, nodes.set(node, position));
    for (const waiting of this.#waiting) {
      if (waiting.slug === slug && this.#reached(waiting) >= waiting.nodes) waiting.done();
    }
  }

  /** Resolves when `heard` − 1 other nodes have applied the position, or when that takes too long. */
  async reach(slug: string, position: Position, heard: number): Promise<void> {
    const nodes = heard - 1;
    if (nodes <= 0) return;
    this.#count = Math.max(this.#count, nodes);
    if (this.#reached({ slug, position }) >= nodes || performance.now() < this.#impatientUntil) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        resolve();
      };
      const waiting: Waiting = { slug, position, nodes, done };
      const timer = setTimeout(() => {
        this.#impatientUntil = performance.now() + impatientMs;
        this.#log.debug({ slug, nodes, reached: this.#reached(waiting) }, 'a node is late to apply a change');
        done();
      }, this.#patienceMs);
      this.#waiting.add(waiting);
    });
  }

  #reached({ slug, position }: Pick<Waiting, 'slug' | 'position'>): number {
    const told = [...(this.#applied.get(slug)?.values() ?? [])];
    return told.filter(({ epoch, seq }) => epoch === position.epoch && seq >= position.seq).length;
  }
}
