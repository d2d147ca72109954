import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** So long may requests under way go on after the order to stop. */
const requestsWithinMs = 8_000;
/** One reader a millisecond is sent away, or all within this time: they come back to other nodes, which must not be stormed. */
const spreadMostMs = 4_000;
const tickMs = 50;

/** Those who hold a connection for as long as they read. */
export interface Followers {
  readonly present: number;
  /** Sends so many away who have not been told to go yet; answers how many. */
  dismiss(count: number): number;
  /** Sends away all that are left, and takes no more. */
  close(): void;
}

export interface DrainParts {
  server: Server;
  followers: readonly Followers[];
  /** So long it goes on serving, while whoever asks whether it is ready hears that it is not. */
  noticeMs: number;
}

/**
 * Empties a server: first proxies are given time to notice, then nothing new is taken, what was asked is answered, and who
 * follows is sent away little by little. Who dawdles is cut off.
 */
export async function drain({ server, followers, noticeMs }: DrainParts): Promise<void> {
  if (noticeMs > 0) await pause(noticeMs);
  const closed = server.listening ? once(server, 'close') : Promise.resolve();
  server.close();
  // Clients keep their connections for the next request: each ends with its last answer, or they would be waited for.
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  const sweep = setInterval(() => server.closeIdleConnections(), tickMs);
  const patience = new AbortController();
  // Rejects only when it is aborted below: then all was closed in time.
  const late = pause(requestsWithinMs, undefined, { signal: patience.signal }).catch(() => undefined);
  await sendAway(followers);
  // Not `closed` alone: a socket that was upgraded is no connection of the HTTP server’s, and may never finish closing.
  await Promise.race([closed, late]);
  patience.abort();
  clearInterval(sweep);
  server.closeAllConnections();
}

async function sendAway(followers: readonly Followers[]): Promise<void> {
  const total = followers.reduce((sum, { present }) => sum + present, 0);
  const eachTick = Math.ceil((total * tickMs) / Math.max(tickMs, Math.min(spreadMostMs, total)));
  for (let left = total; left > 0; left -= eachTick) {
    let count = eachTick;
    for (const group of followers) count -= group.dismiss(count);
    if (left > eachTick) await pause(tickMs);
  }
  for (const group of followers) group.close();
}
