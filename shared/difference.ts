/** A stretch of a text as one wording has it against another. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What one revision changed that a reader sees: word by word where it is text, before and after where it is a fact. */
export interface Differences {
  headline: Stretch[] | null;
  body: Stretch[] | null;
  facts: { name: FactName; before: string; after: string }[];
}

export type FactName = 'occurredAt' | 'verification' | 'attribution' | 'sources' | 'place';
