import type { IncomingMessage } from 'node:http';
import { limits } from '../../shared/limits.ts';
import { BatchedCounts, type BatchedCountsParts } from './batched-counts.ts';

const flushEveryMs = 4_993;

/**
 * Counts which sites show a timeline. A browser says by itself where it shows something (`Origin` of what a widget asks, `Referer` of
 * a frame): of that the name of the site is kept, and nothing else of the request.
 */
export class EmbedHosts {
  readonly #counts: BatchedCounts;

  constructor(parts: BatchedCountsParts) {
    this.#counts = new BatchedCounts({ ...parts, flushEveryMs, failing: 'hosts of embeds could not be counted' });
  }

  start(): void {
    this.#counts.start();
  }

  stop(): Promise<void> {
    return this.#counts.stop();
  }

  /** `own`: where we were asked; what our own pages show is no embed. */
  shown(slug: string, req: IncomingMessage, own: string): void {
    const host = hostOf(req, own);
    // Anybody can invent names: no more of them are held than would be kept.
    if (host !== null) this.#counts.count(slug, host, limits.embedHostsKept);
  }

  /** Takes what was counted to the store. */
  flush(): Promise<void> {
    return this.#counts.flush();
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
