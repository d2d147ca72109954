import { fold } from './fold.ts';

/** A word of a text, folded, and where it stands in the text as it was written (UTF-16). */
export interface Token {
  word: string;
  start: number;
  end: number;
}

const runs = /[\p{L}\p{M}\p{N}\u0640]+/gu;
/** Scripts whose words no spaces tell apart: Thai, Lao, Burmese, Khmer, Chinese, Japanese; and Korean with its particles. */
const unspaced =
  '\\u0e00-\\u0eff\\u1000-\\u11ff\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
const hasUnspaced = new RegExp(`[${unspaced}]`, 'u');
const parts = new RegExp(`[${unspaced}\\p{M}]+|[^${unspaced}]+`, 'gu');

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The words of a text. Where no spaces tell them apart they come in overlapping pairs of characters (as readers see them,
 * marks included), and singly (`singles`) for questions of one character. A dictionary, such as that of Intl.Segmenter, cuts a
 * question otherwise than the text that it is looked for in.
 */
export function* eachToken(text: string, singles: boolean): Generator<Token> {
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (hasUnspaced.test(run)) yield* unspacedTokens(run, index, singles);
    else yield { word: fold(run), start: index, end: index + run.length };
  }
}

/** All of `eachToken`; what is nothing but marks is no word. */
export const tokensOf = (text: string, singles: boolean): Token[] =>
  [...eachToken(text, singles)].filter(({ word }) => word !== '');

function unspacedTokens(run: string, at: number, singles: boolean): Token[] {
  return [...run.matchAll(parts)].flatMap(({ 0: part, index }) => {
    const start = at + index;
    return hasUnspaced.test(part)
      ? pairs(part, start, singles)
      : [{ word: fold(part), start, end: start + part.length }];
  });
}

function pairs(part: string, at: number, singles: boolean): Token[] {
  const characters = [...graphemes.segment(part)].map(({ segment, index }) => {
    return { word: fold(segment), start: at + index, end: at + index + segment.length };
  });
  const twos = characters.slice(1).map((second, i) => {
    const first = characters[i] ?? second;
    return { word: first.word + second.word, start: first.start, end: second.end };
  });
  return singles || twos.length === 0 ? [...characters, ...twos] : twos;
}

const arabic = /^[\u0600-\u06ff]{3,}$/;
const hebrew = /^[\u05d0-\u05ea]{4,}$/;

/**
 * What a word of a text is found by: itself and, in Arabic and Hebrew, what is left without the article and the particles that
 * are written together with it. “وبالقاهرة” is found by “بالقاهرة”, “القاهرة” and “قاهرة”.
 */
export function formsInText(word: string): readonly string[] {
  if (!arabic.test(word) && !hebrew.test(word)) return [word];
  const known = forms.get(word);
  if (known) return known;
  const made = formsAnew(word);
  if (forms.size >= mostForms) forms.clear();
  forms.set(word, made);
  return made;
}

/** Of words that take some time; see `fold`. */
const forms = new Map<string, readonly string[]>();
const mostForms = 30_000;

function formsAnew(word: string): string[] {
  if (hebrew.test(word)) {
    const once = stripped(word, /^[והבלמשכ]/, 3);
    return unique([word, ...once, ...once.flatMap((one) => stripped(one, /^[הבלמשכ]/, 3))]);
  }
  const begun = [word, ...stripped(word, /^[وف]/, 3)];
  return unique(begun.flatMap((one) => [one, ...stripped(one, /^[بك]?ال|^لل/, 2), ...stripped(one, /^[بكل]/, 3)]));
}

/**
 * What a word of a question asks for, any of which will do. An article goes without saying. A single letter may be part of the
 * word (“لبنان” begins with one), so it is left out only where much remains.
 */
export function formsInQuestion(word: string): string[] {
  if (arabic.test(word))
    return unique([
      word,
      ...stripped(word, /^[وف]?(?:[بك]?ال|لل)/, 2),
      ...stripped(word, /^[وف]/, 4),
      ...stripped(word, /^[بكل]/, 5),
    ]);
  if (hebrew.test(word))
    return unique([
      word,
      ...stripped(word, /^[הו]/, 3),
      ...stripped(word, /^ו?ה/, 3),
      ...stripped(word, /^[בלמשכ]/, 5),
    ]);
  return [word];
}

/** The word without what `beginning` matches, where at least `left` letters are left. */
function stripped(word: string, beginning: RegExp, left: number): string[] {
  const rest = word.replace(beginning, '');
  return rest !== word && rest.length >= left ? [rest] : [];
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];
