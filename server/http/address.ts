import type { IncomingMessage } from 'node:http';

/**
 * Whose request it is. A proxy that we trust appends the address it was called from to `X-Forwarded-For`; only as many of
 * those, counted from our end, are believed as there are trusted proxies. All before them a caller may have made up.
 */
export function addressBehind(trustedProxies: number): (req: IncomingMessage) => string {
  return (req) => {
    // A socket for both kinds of addresses writes those of IPv4 in the other kind’s way.
    const nearest = (req.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    if (trustedProxies === 0) return nearest;
    const told = String(req.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return [...told, nearest].at(-1 - Math.min(trustedProxies, told.length)) ?? nearest;
  };
}
