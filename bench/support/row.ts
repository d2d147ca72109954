import type { Spread } from './statistics.ts';

/** One line of the table: what was measured, against whom, and whether the budget holds. */
export interface Row {
  what: string;
  ours: string;
  rivals: string;
  ratio: string;
  /** The budget, or an empty text where this line only informs. */
  asked: string;
  holds: boolean | null;
}

export interface Measured {
  rows: Row[];
  /** Sentences that belong below the table: conditions, utilisation, what to mind. */
  notes: string[];
}

/** A measurement: prints what it does as it goes, gives the lines of its table. */
export interface Budget {
  name: string;
  title: string;
  measure: () => Promise<Measured>;
  /** Takes minutes: not part of a plain `npm run bench`. */
  onlyByName?: boolean;
}

export const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** `median (least–most)`. */
export const spread = ({ median, least, most }: Spread, digits = 0, unit = ''): string =>
  `${number(median, digits)}${unit} (${number(least, digits)}–${number(most, digits)})`;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
