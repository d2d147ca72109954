import type { IncomingMessage } from 'node:http';

/** A host name or address with a port, and nothing else: what ends up in links must not be able to say more. */
const hostShape = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * Where the public reaches us, for addresses that have to be absolute: in feeds, sitemaps, structured data. `PUBLIC_URL`
 * where the operator said so; else what the request says of itself, from a trusted proxy also the scheme that it was
 * called by. A `Host` that is no host is not repeated.
 */
export function originFor(publicUrl: string | null, trustedProxies: number): (req: IncomingMessage) => string {
  if (publicUrl !== null) {
    const { origin } = new URL(publicUrl);
    return () => origin;
  }
  return ({ headers, socket }) => {
    const told = trustedProxies > 0 ? headers['x-forwarded-proto'] : undefined;
    const scheme = told === 'https' ? 'https' : 'http';
    const host = (headers.host ?? '').toLowerCase();
    const origin = `${scheme}://${host}`;
    if (hostShape.test(host) && URL.canParse(origin)) return origin;
    return `${scheme}://localhost:${socket.localPort ?? 80}`;
  };
}
