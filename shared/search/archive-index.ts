/**
 * The index of an archived timeline, as files that a page loads as scripts: `fetch` reads no files where a page is itself opened
 * as a file. Both sides agree on it here.
 */

/** How many files the words are spread over. */
export const wordShards = 64;
/** Updates in one file of what is shown of them. */
export const updatesPerShard = 200;

/** Which file a word is in: words that begin alike are together, so that a beginning can be looked for. */
export function wordShard(word: string): number {
  const [first = '', second = ''] = word;
  return ((first.codePointAt(0) ?? 0) * 31 + (second.codePointAt(0) ?? 0)) % wordShards;
}

/** Word → numbers of the updates that have it; updates are numbered from 0, newest event first. */
export type WordFile = Record<string, number[]>;

/** What is shown of a hit: the file of its page, when it happened, what it says. */
export type FoundUpdate = [href: string, date: string, text: string];
