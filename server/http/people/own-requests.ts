import type { IncomingMessage } from 'node:http';

/** A header that a foreign page can’t set without asking first; and when it asks, it is not among those that are allowed. */
export const newsroomHeader = 'daymark-newsroom';

/** Tells requests of our own pages from those of others. The session’s cookie counts in the former alone. */
export class OwnRequests {
  readonly #publicHost: string | null;

  constructor(publicUrl: string | null) {
    this.#publicHost = publicUrl === null ? null : new URL(publicUrl).host;
  }

  /**
   * The browser’s own word for it where it gives one (over https and on localhost); else the page’s origin, which it sends
   * with everything that writes. Reading without either is harmless: no foreign page can read the answer.
   */
  has({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
    if (headers[newsroomHeader] === undefined) return false;
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin';
    if (headers.origin !== undefined) return this.isOwnOrigin(headers.origin, headers.host);
    return method === 'GET' || method === 'HEAD';
  }

  isOwnOrigin(origin: string | null | undefined, host: string | null | undefined): boolean {
    if (!origin || !URL.canParse(origin)) return false;
    const from = new URL(origin).host;
    return from === host || from === this.#publicHost;
  }
}
