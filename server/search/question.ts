import { formsInQuestion, tokensOf } from '../../shared/search/words.ts';

/** What a question asks for: all of `words`, each in any of its forms, and the phrases, word for word. */
export interface Question {
  words: string[][];
  /** What the last word may be the beginning of, in any of these forms; it is one of `words` too. Empty: it is whole. */
  beginnings: string[];
  phrases: string[][];
}

const quotes = /["“”„«»]/;
/** With fewer letters a beginning fits too much. */
const shortestBeginning = 3;

/**
 * Reads what somebody typed. Words between quotation marks stand together. The last word may be unfinished, unless something
 * stands behind it or it has a digit: “day 12” does not ask for 120.
 */
export function readQuestion(text: string): Question {
  const pieces = text.split(quotes);
  const quoted = pieces.map((piece) => tokensOf(piece, false).map(({ word }) => word));
  const words = [...new Set(quoted.flat())];
  const last = quoted.at(-1)?.at(-1);
  const unfinished =
    pieces.length % 2 === 1 && last !== undefined && /[\p{L}\p{M}]$/u.test(text) && !/\p{N}/u.test(last) ? last : null;
  return {
    words: words.map(formsInQuestion),
    beginnings:
      unfinished === null ? [] : formsInQuestion(unfinished).filter((form) => form.length >= shortestBeginning),
    phrases: quoted.filter((phrase, at) => at % 2 === 1 && phrase.length > 1),
  };
}
