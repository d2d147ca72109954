/**
 * Where a follower stands in a timeline's change log. `epoch` names one unbroken log: were the log lost and refilled,
 * a follower at seq 3 of the old one would otherwise take seq 4 of the new one for its next change.
 */
export interface Position {
  epoch: string;
  seq: number;
}

/** The head of a timeline’s chain of hashes: the hash (SHA-256, hex) of the change at a position `epoch:seq`. */
export interface Head {
  position: string;
  hash: string;
}

/** Wider than the epochs that are made: one of another making is another log, to start over from, and no mistake. */
const shape = /^([A-Za-z0-9_-]{1,64}):(0|[1-9][0-9]{0,14})$/;

/** Reads `epoch:seq`; null where it is malformed. */
export function parsePosition(text: unknown): Position | null {
  const match = typeof text === 'string' ? shape.exec(text) : null;
  return match?.[1] && match[2] ? { epoch: match[1], seq: Number(match[2]) } : null;
}

export function formatPosition(position: Position): string {
  return `${position.epoch}:${position.seq}`;
}
