/** Scripts that write words without spaces between them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Joiners are part of Persian words; marks are vowels in many scripts. */
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d]*/gu;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The words of a text, in lower case, in any language. Where words stand apart a pattern finds them; `Intl.Segmenter` is 20
 * times slower, and needed only for scripts that run on.
 */
export function wordsOf(text: string, language: string): string[] {
  const lower = text.toLowerCase();
  return unspaced.test(lower) ? segmented(lower, language) : (lower.match(word) ?? []);
}

function segmented(text: string, language: string): string[] {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    segmenters.set(language, segmenter);
  }
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}
