import type { IncomingMessage } from 'node:http';

/**
 * Whose request it is. A proxy that we trust appends the address it was called from to `X-Forwarded-For`; only as many of
 * those, counted from our end, are believed as there are trusted proxies. All before them a caller may have made up.
 */
export function addressBehind(trustedProxies: number): (req: IncomingMessage) => string {
  return (req) => {
    const nearest = req.socket.remoteAddress ?? '';
    if (trustedProxies === 0) return nearest;
    const told = String(req.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return [...told, nearest].at(-1 - Math.min(trustedProxies, told.length)) ?? nearest;
  };
}
