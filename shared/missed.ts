/** What a reader missed between two positions of a log, without the texts. */
export interface Missed {
  /** Newly published updates; among them key developments; corrections and retractions of what was there before. */
  updates: number;
  key: number;
  corrections: number;
  /** Days on which there are such updates, newest first. */
  days: number[];
  /** Those of them that have a summary. */
  summaries: number[];
  /** The first of them in the order of events. */
  first: { id: string; day: number } | null;
  /** Those of the day that was asked for. */
  ids: string[];
}
