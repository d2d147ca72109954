/** Somebody’s site that shows a timeline. */
export interface EmbedHost {
  /** As it stands in an address: `news.example.org`, with a port where it has one. */
  host: string;
  /** How often what it shows was asked for, since it came. */
  loads: number;
  /** Instant, ms. */
  lastAt: number;
}

/**
 * Which sites show which timeline, by their names and numbers alone: nothing of whoever reads there. A site that has not shown it for
 * `embedHostDays` is forgotten, and so are those with the fewest loads beyond `embedHostsKept`.
 */
export interface EmbedHostsStore {
  add(slug: string, loads: ReadonlyMap<string, number>, now: number): Promise<void>;
  /** Most loads first. */
  list(slug: string, now: number): Promise<EmbedHost[]>;
}
