import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Problem } from '../../shared/problems.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Content, Representation } from './representation.ts';

/** Something that can be asked for: what it is called, which version of it is right now, and how to make it. */
export interface Source {
  /** Path and canonical query: two spellings of one question have one key. */
  key: string;
  /** The timeline whose takedowns must reach this answer; null: any timeline’s. */
  timeline: string | null;
  /** Changes whenever the answer may. Read often: cheap, and never a question to the store. */
  version(): string;
  build(): Promise<Result<Content>>;
}

interface Entry {
  version: string;
  timeline: string | null;
  representation: Representation;
}

export interface PreparedOptions {
  /** Bytes that all kept answers may take together. */
  memoryBytes: number;
}

/** A version that changes faster than it can be built is answered as it was at some moment after the question. */
const mostBuilds = 3;

/**
 * Answers kept ready for as long as their version holds. A stale one is never given while the store can be asked: the
 * version is compared at every request. While the store cannot be reached the last version is better than none — unless
 * a takedown has happened since, see `forget`.
 */
export class Prepared {
  readonly #entries: LRUCache<string, Entry>;
  readonly #underWay = new Map<string, Promise<Result<Representation>>>();
  #forgotten = 0;
  /** Answers since the start: from memory, made first, and old ones while the store was away; and how many were made. */
  readonly counts = { hits: 0, misses: 0, stale: 0, builds: 0 };

  constructor(options: PreparedOptions) {
    this.#entries = new LRUCache({
      maxSize: options.memoryBytes,
      sizeCalculation: (entry) => entry.representation.size,
    });
  }

  /** Answers from memory, at once, or not at all (false). Nothing here waits, allocates much, or asks the store. */
  hit(source: Source, req: IncomingMessage, res: ServerResponse): boolean {
    const entry = this.#entries.get(source.key);
    if (entry === undefined || entry.version !== source.version() || !entry.representation.send(req, res)) return false;
    this.counts.hits += 1;
    return true;
  }

  /** Bytes that the kept answers take, about. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** True while this version is being made, so that asking for it costs nothing more. */
  isUnderWay(source: Source): boolean {
    return this.#underWay.has(flightOf(source));
  }

  /** Answers, making what is missing. Gives the problem back where there is nothing to show; throws StoreUnavailable. */
  async answer(source: Source, req: IncomingMessage, res: ServerResponse): Promise<Problem | null> {
    const found = await this.#current(source);
    if (!found.ok) return found.problem;
    await found.value.prepare(req);
    found.value.send(req, res);
    return null;
  }

  /** Answers with the last version known, however old; false where there is none. For when the store cannot be reached. */
  async answerStale(source: Source, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    const entry = this.#entries.get(source.key);
    if (!entry) return false;
    await entry.representation.prepare(req);
    this.counts.stale += 1;
    return entry.representation.send(req, res);
  }

  /** Drops what shows a timeline. After a takedown, even an unreachable store is no reason to show the old page again. */
  forget(timeline: string): void {
    this.#forgotten += 1;
    for (const [key, entry] of this.#entries.entries()) {
      if (entry.timeline === null || entry.timeline === timeline) this.#entries.delete(key);
    }
  }

  async #current(source: Source): Promise<Result<Representation>> {
    for (let built = 0; ; built++) {
      const version = source.version();
      const entry = this.#entries.get(source.key);
      if (entry?.version === version) {
        if (built === 0) this.counts.hits += 1;
        return ok(entry.representation);
      }
      if (built === 0) this.counts.misses += 1;
      const made = await this.#make(source);
      if (!made.ok || source.version() === version || built + 1 === mostBuilds) return made;
    }
  }

  /** One build per version, shared by all who ask for it meanwhile. Those who ask after a change begin another. */
  #make(source: Source): Promise<Result<Representation>> {
    const flight = flightOf(source);
    const underWay = this.#underWay.get(flight);
    if (underWay) return underWay;
    const making = this.#build(source).finally(() => this.#underWay.delete(flight));
    this.#underWay.set(flight, making);
    return making;
  }

  /**
   * Under changes without pause every answer is old when it is made. It is kept all the same, for the moment when the store
   * goes away and it is the last there was; but never in the place of a newer one, nor when something was forgotten meanwhile.
   */
  #isWorthKeeping(source: Source, version: string, forgotten: number): boolean {
    const now = source.version();
    return version === now || (forgotten === this.#forgotten && this.#entries.get(source.key)?.version !== now);
  }

  async #build(source: Source): Promise<Result<Representation>> {
    const version = source.version();
    const forgotten = this.#forgotten;
    this.counts.builds += 1;
    const content = await source.build();
    if (!content.ok) return content;
    const representation = new Representation(content.value);
    if (this.#isWorthKeeping(source, version, forgotten))
      this.#entries.set(source.key, { version, timeline: source.timeline, representation });
    return ok(representation);
  }
}

const flightOf = (source: Source): string => `${source.version()} ${source.key}`;
