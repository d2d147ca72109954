import type { Change } from '../../shared/change.ts';

/** What a channel tells its follower. */
export interface Listener {
  /** From where to ask; null: from now on. */
  since(): string | null;
  /** An answer to asking: all changes after `since`, in order, up to `position`. */
  caughtUp(position: string, changes: readonly Change[]): void;
  change(change: Change): void;
  head(position: string): void;
  /** The server can’t prove continuity: start over. */
  reset(position: string): void;
  /** It broke, or never worked. A channel says so once and is then done for. */
  lost(): void;
}

/** One way in which changes arrive. Asks by itself once it is open. */
export interface Channel {
  /** Asks again, from the follower’s position. */
  again(): void;
  close(): void;
}

export interface Target {
  origin: string;
  timeline: string;
}

export type OpenChannel = (target: Target, listener: Listener) => Channel;

/** The address of something below a timeline. */
export function addressOf({ origin, timeline }: Target, path: string, query: Record<string, string>): string {
  const url = new URL(`/api/v1/timelines/${encodeURIComponent(timeline)}${path}`, origin);
  url.search = String(new URLSearchParams(query));
  return url.href;
}
