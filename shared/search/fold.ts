/** Letters that Unicode does not take apart, by what a reader types for them. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  // Arabic: the other alef, alef maqsura, ta marbuta; and how Persian and Urdu write kaf, ya and ha
  '\u0671': 'ا',
  '\u0649': 'ي',
  '\u0629': 'ه',
  '\u06a9': 'ك',
  '\u06cc': 'ي',
  '\u06c1': 'ه',
  // Hebrew: final letters
  '\u05da': 'כ',
  '\u05dd': 'מ',
  '\u05df': 'נ',
  '\u05e3': 'פ',
  '\u05e5': 'צ',
};
const foldable = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/**
 * Accents, Arabic vowel signs, hamza and tatweel, Hebrew points and accents. Marks of other scripts stay: in Devanagari they
 * are the vowels.
 */
const marks =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;

/** Most words of a record come again and again, and decomposing is what takes the time. */
const folded = new Map<string, string>();
const mostFolded = 30_000;
const longestKept = 30;

/** A word as it is compared: without case, accents, points, and forms of a letter; digits are 0–9. */
export function fold(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  const made = foldAnew(word);
  if (folded.size >= mostFolded) folded.clear();
  if (word.length <= longestKept) folded.set(word, made);
  return made;
}

function foldAnew(word: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what the range says
  if (/^[\x00-\x7f]*$/.test(word)) return word.toLowerCase();
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(foldable, (letter) => letters[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => String(digitOf(digit)))
    .normalize('NFC');
}

/** By how far it stands behind the zero of its kind: Devanagari, Persian, Arabic-Indic. */
function digitOf(digit: string): number {
  const code = digit.charCodeAt(0);
  return code - (code >= 0x0966 ? 0x0966 : code >= 0x06f0 ? 0x06f0 : 0x0660);
}
