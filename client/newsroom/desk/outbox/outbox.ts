import type { Attempt, Posting } from './posting.ts';

/** Where postings wait: it must outlive the page. */
export interface OutboxShelf {
  all(): Promise<Posting[]>;
  put(posting: Posting): Promise<void>;
  remove(key: string): Promise<void>;
  /** Runs this while no other window does; does nothing where one is at it. */
  alone(work: () => Promise<void>): Promise<void>;
}

export interface OutboxParts<T> {
  shelf: OutboxShelf;
  send: (posting: Posting) => Promise<Attempt<T>>;
  /** Something was added, sent, refused or taken out. */
  onChange: (postings: readonly Posting[]) => void;
  onSent: (posting: Posting, value: T) => void;
}

/**
 * What was published and has not arrived yet. Each posting is put on the shelf before it is first sent and taken off when it
 * is known to have arrived, so a closed window or a lost answer makes neither none nor two of it.
 */
export class Outbox<T> {
  readonly #parts: OutboxParts<T>;
  #flushing: Promise<void> | null = null;

  constructor(parts: OutboxParts<T>) {
    this.#parts = parts;
  }

  /** Keeps and sends it; the same key again changes nothing. Resolves with what became of the first attempt. */
  async add(posting: Posting): Promise<Attempt<T>['kind']> {
    const { shelf } = this.#parts;
    const known = (await shelf.all()).some(({ key }) => key === posting.key);
    if (!known) await shelf.put(posting);
    await this.#tell();
    await this.flush();
    const left = (await shelf.all()).find(({ key }) => key === posting.key);
    return left === undefined ? 'sent' : left.state === 'refused' ? 'refused' : 'wait';
  }

  /** Sends what waits, oldest first; stops at the first that the network or the server can’t take now. */
  async flush(): Promise<void> {
    // Whoever adds while another flush runs must be answered by one that has seen what was added.
    while (this.#flushing) await this.#flushing;
    this.#flushing = this.#parts.shelf.alone(() => this.#sendAll());
    try {
      await this.#flushing;
    } finally {
      this.#flushing = null;
    }
    await this.#tell();
  }

  async #sendAll(): Promise<void> {
    const { shelf, send, onSent } = this.#parts;
    for (const posting of await this.#waiting()) {
      const attempt = await send(posting);
      if (attempt.kind === 'sent') {
        await shelf.remove(posting.key);
        onSent(posting, attempt.value);
      } else if (attempt.kind === 'refused') {
        await shelf.put({ ...posting, state: 'refused', problem: attempt.problem });
      } else {
        await shelf.put({ ...posting, problem: attempt.problem });
        // A hold is a timeline’s own; all else that has to be waited for concerns the others too.
        if (attempt.problem.code !== 'publication-on-hold') return;
      }
      await this.#tell();
    }
  }

  async #waiting(): Promise<Posting[]> {
    const all = await this.#parts.shelf.all();
    return all.filter(({ state }) => state === 'waiting').sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1));
  }

  /** Takes it out, to be altered or thrown away. Null: it has been sent meanwhile. */
  async take(key: string): Promise<Posting | null> {
    while (this.#flushing) await this.#flushing;
    const found = (await this.#parts.shelf.all()).find((posting) => posting.key === key) ?? null;
    if (found) await this.#parts.shelf.remove(key);
    await this.#tell();
    return found;
  }

  async #tell(): Promise<void> {
    this.#parts.onChange(await this.#parts.shelf.all());
  }
}
