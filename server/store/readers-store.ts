/** A time to look back over: by hours, or by days. */
export type Window = '24h' | '7d';

/** How many readers have opened which update. Numbers alone: who they were is known to nobody. */
export interface ReadersStore {
  /** Adds the readers that updates of a timeline have had since the last time. */
  add(slug: string, readers: ReadonlyMap<string, number>, now: number): Promise<void>;
  /** Updates that were opened within a window, most read first; some may have been taken down since. */
  mostRead(slug: string, window: Window, now: number, limit: number): Promise<{ id: string; readers: number }[]>;
}
