import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { limits } from '../../shared/limits.ts';
import type { EmbedHostsStore } from '../store/embed-hosts-store.ts';
import { StoreUnavailable } from '../store/store.ts';

export interface EmbedHostsParts {
  store: Pick<EmbedHostsStore, 'add'>;
  clock: () => number;
  log: Logger;
}

const flushEveryMs = 4_993;

/**
 * Counts which sites show a timeline. A browser says by itself where it shows something (`Origin` of what a widget asks, `Referer` of
 * a frame): of that the name of the site is kept, and nothing else of the request.
 */
export class EmbedHosts {
  readonly #parts: EmbedHostsParts;
  #pending = new Map<string, Map<string, number>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: EmbedHostsParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), flushEveryMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.flush();
  }

  /** `own`: where we were asked; what our own pages show is no embed. */
  shown(slug: string, req: IncomingMessage, own: string): void {
    const host = hostOf(req, own);
    if (host === null) return;
    const pending = this.#pending.get(slug) ?? new Map<string, number>();
    // Anybody can invent names: no more of them are held than would be kept.
    if (!pending.has(host) && pending.size >= limits.embedHostsKept) return;
    pending.set(host, (pending.get(host) ?? 0) + 1);
    this.#pending.set(slug, pending);
  }

  /** Takes what was counted to the store. What can’t be taken there is lost. */
  async flush(): Promise<void> {
    const { store, clock, log } = this.#parts;
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [slug, loads] of pending) {
      try {
        await store.add(slug, loads, clock());
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'hosts of embeds could not be counted');
      }
    }
  }
}

/** The site around an embed; null: ours, or none that can be told (a file, a sandbox, a program). */
export function hostOf({ headers }: Pick<IncomingMessage, 'headers'>, own: string): string | null {
  const from = headers.origin ?? headers.referer;
  if (from === undefined || !URL.canParse(from)) return null;
  const { protocol, host, origin } = new URL(from);
  if (!/^https?:$/.test(protocol) || origin === own || host.length > limits.hostCharacters) return null;
  return host;
}
