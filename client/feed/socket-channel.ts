import type { OpenChannel } from './channel.ts';
import { type Link, openLink } from './socket-link.ts';

/** A socket for each channel: a page follows one timeline, and its second channel is there to try a better connection. */
export const socketsWith =
  (Socket: typeof WebSocket): OpenChannel =>
  ({ origin, timeline }, listener) =>
    openLink(Socket, origin, () => undefined).join(timeline, listener);

/** One socket for all timelines of a server that a page follows. */
export function sharedSocketsWith(Socket: typeof WebSocket): OpenChannel {
  const links = new Map<string, Link>();
  return ({ origin, timeline }, listener) => {
    const shared = links.get(origin);
    if (shared && !shared.has(timeline)) return shared.join(timeline, listener);
    const made = openLink(Socket, origin, () => void (links.get(origin) === made && links.delete(origin)));
    links.set(origin, made);
    return made.join(timeline, listener);
  };
}
