import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';

/** A host name or address with a port, and nothing else: what ends up in links must not be able to say more. */
const hostShape = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/;

type Scheme = 'http' | 'https';

/** Names that a server is called by are few; a stranger can make up any number. */
const mostHosts = 100;

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
  // Asked at every request, also at those that are answered from memory.
  const http = remembered('http');
  const https = remembered('https');
  return ({ headers, socket }) => {
    const isSecure = trustedProxies > 0 && headers['x-forwarded-proto'] === 'https';
    const origin = (isSecure ? https : http)(headers.host ?? '');
    return origin ?? `${isSecure ? 'https' : 'http'}://localhost:${socket.localPort ?? 80}`;
  };
}

/** The origin of a `Host`; null: it is no host. */
function remembered(scheme: Scheme): (host: string) => string | null {
  const known = new LRUCache<string, string>({ max: mostHosts });
  return (host) => {
    const before = known.get(host);
    if (before !== undefined) return before;
    const origin = `${scheme}://${host.toLowerCase()}`;
    if (!hostShape.test(host.toLowerCase()) || !URL.canParse(origin)) return null;
    known.set(host, origin);
    return origin;
  };
}
