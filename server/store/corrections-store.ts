/** A revision that corrected an update in public, or retracted it. */
export interface StoredCorrection {
  id: string;
  revision: number;
}

/**
 * Where corrections and retractions of a timeline are found. The commit that makes one lists it, and that of a takedown
 * strikes out all of its update, so this needs no writes of its own.
 */
export interface CorrectionsStore {
  /** `count` of them, newest first, after the first `skip`. */
  corrections(slug: string, skip: number, count: number): Promise<StoredCorrection[]>;
}
