import { eachToken, formsInText, type Token, tokensOf } from '../../shared/search/words.ts';
import type { Update } from '../../shared/update.ts';
import { type SearchedText, searchedTexts } from './indexed.ts';
import type { Question } from './question.ts';

/**
 * A piece of a field’s text in which something was found. It is plain text, never HTML: `marks` says from where to where, in
 * UTF-16 code units, it fits.
 */
export interface Highlight {
  field: SearchedText['field'];
  text: string;
  marks: [start: number, end: number][];
}

/** Characters of a long text that are shown before and after the first find. */
const before = 60;
const after = 200;
const mostHighlights = 3;

/** Where an update fits the question: a piece of each field, the first few of them. Empty: there were no words in it. */
export function highlightsOf(update: Update, question: Question): Highlight[] {
  if (question.words.length === 0) return [];
  const isMet = meets(question);
  const found: Highlight[] = [];
  for (const { field, text } of searchedTexts(update)) {
    const highlight = highlightIn(field, text, isMet);
    if (highlight) found.push(highlight);
    if (found.length === mostHighlights) break;
  }
  return found;
}

/** Whether a text has each phrase, word for word. */
export function hasPhrases(update: Update, { phrases }: Question): boolean {
  if (phrases.length === 0) return true;
  const texts = searchedTexts(update).map(({ text }) => tokensOf(text, false));
  return phrases.every((phrase) => texts.some((tokens) => hasPhrase(tokens, phrase)));
}

function hasPhrase(tokens: readonly Token[], phrase: readonly string[]): boolean {
  return tokens.some((_, at) => phrase.every((word, i) => isForm(word, tokens[at + i]?.word)));
}

const isForm = (form: string, word: string | undefined): boolean =>
  word !== undefined && (word === form || formsInText(word).includes(form));

function meets({ words, beginnings }: Question): (token: Token) => boolean {
  const wanted = new Set(words.flat());
  return ({ word }) =>
    formsInText(word).some((form) => wanted.has(form) || beginnings.some((beginning) => form.startsWith(beginning)));
}

function highlightIn(field: Highlight['field'], text: string, isMet: (token: Token) => boolean): Highlight | null {
  const tokens: Token[] = [];
  let [from, to] = [0, text.length];
  for (const token of eachToken(text, true)) {
    if (token.end > to) break;
    if (!isMet(token)) continue;
    if (tokens.length === 0 && field === 'body')
      [from, to] = [wordBoundary(text, token.start - before), wordBoundary(text, token.start + after)];
    tokens.push(token);
  }
  if (tokens.length === 0) return null;
  const [lead, trail] = [from > 0 ? '… ' : '', to < text.length ? ' …' : ''];
  const marks = joined(tokens.map(({ start, end }) => [start - from + lead.length, end - from + lead.length]));
  return { field, text: lead + text.slice(from, to) + trail, marks };
}

/** Somewhere near, between words, so that no word and no character is cut in two. */
function wordBoundary(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const space = text.indexOf(' ', at);
  if (space >= 0 && space - at < 40) return space + (text.charCodeAt(space) === 32 ? 1 : 0);
  // A low surrogate belongs to what stands before it.
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}

/** Marks that touch or overlap, as pairs of characters do, are one. */
function joined(marks: readonly [number, number][]): [number, number][] {
  const sorted = [...marks].sort(([a], [b]) => a - b);
  const all: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = all.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
