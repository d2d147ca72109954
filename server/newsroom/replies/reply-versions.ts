import type { Logger } from 'pino';
import type { ReplyStore } from '../../store/reply-store.ts';

/**
 * Which version of a timeline’s approved replies this node knows: replies are in no log, so pages that show them follow this
 * number beside it. A bell may be lost; then a page is right again with the next change or the next reconnection.
 */
export class ReplyVersions {
  readonly #store: Pick<ReplyStore, 'watch'>;
  readonly #log: Logger;
  readonly #versions = new Map<string, number>();
  #all = 0;
  #unwatch: (() => Promise<void>) | null = null;

  constructor(store: Pick<ReplyStore, 'watch'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Throws StoreUnavailable. */
  async start(): Promise<void> {
    this.#unwatch = await this.#store.watch((slug) => this.changed(slug));
  }

  async stop(): Promise<void> {
    await this.#unwatch?.().catch((error: unknown) =>
      this.#log.debug({ err: error }, 'the bell of replies was cut off'),
    );
    this.#unwatch = null;
  }

  /** null: those of any timeline. */
  changed(slug: string | null): void {
    if (slug === null) this.#all += 1;
    else this.#versions.set(slug, (this.#versions.get(slug) ?? 0) + 1);
  }

  of(slug: string): string {
    return `${this.#all}.${this.#versions.get(slug) ?? 0}`;
  }
}
