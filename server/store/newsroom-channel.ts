/**
 * What the nodes tell each other about the newsroom: who is there, and that something has changed that no log tells. Nothing is
 * kept: a message may be lost, and whoever listens has to get over it.
 */
export interface NewsroomChannel {
  tell(message: string): Promise<void>;
  /** Calls back for every message, this node’s own among them; the answer ends it. */
  hear(listener: (message: string) => void): Promise<() => Promise<void>>;
}
