import type { Socket } from 'node:net';

/**
 * Tells a reader that does not read from one on a slow line: the first takes not one byte of what waits for it, the
 * second may need minutes for a large catch-up, but takes some all the time.
 */
export class Patience {
  readonly #mostMs: number;
  #unsent = 0;
  #since = 0;

  constructor(mostMs: number) {
    this.#mostMs = mostMs;
  }

  /** True when the same bytes have waited for longer than allowed. To be asked again and again. */
  isOver(unsent: number, now: number): boolean {
    if (unsent === 0 || unsent !== this.#unsent) {
      this.#unsent = unsent;
      this.#since = now;
      return false;
    }
    return now - this.#since > this.#mostMs;
  }
}

/**
 * Bytes of the chunk in hand that the kernel has not taken. Node counts a chunk as written only when all of it is, so
 * progress within one shows in the handle alone (Node’s own socket timeout looks there too).
 */
export function unsentBytes(socket: Socket | null): number {
  if (!socket) return 0;
  const { _handle: handle } = socket as Socket & { _handle?: { writeQueueSize?: number } | null };
  return handle?.writeQueueSize || socket.writableLength;
}
