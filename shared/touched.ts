/** An update of which something shown before is shown no more: it was revised, retracted or removed. */
export interface Touched {
  id: string;
  /** Of the last change that did so. */
  seq: number;
  removed: boolean;
}

/** What was touched since a position: for who keeps copies, to know which of them tell what is told no more. */
export type TouchedAnswer = { touched: Touched[]; position: string } | { reset: true; position: string };
