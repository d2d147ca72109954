import type { Update } from './update.ts';

const longest = 200;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", nbsp: ' ' };

/**
 * What stands for an update in a list, a title, a feed: its headline, else the first sentence of its body, as plain text.
 * An editor's “first sentence” may run for half a page, so it is cut at a word after 200 characters.
 */
export function leadText(update: Pick<Update, 'headline' | 'body' | 'language'>): string {
  return update.headline || shorten(firstSentence(firstBlock(update.body), update.language));
}

/** The text of a body's first block that has any. Works on sanitised HTML, on both sides alike. */
function firstBlock(body: string): string {
  const blocks = body.split(
    /<\/?(?:p|div|li|ul|ol|h[1-6]|blockquote|figure|figcaption|table|tr|td|th|pre|hr|br)\b[^>]*>/i,
  );
  return blocks.map(plainText).find((text) => text !== '') ?? '';
}

function plainText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? fromCode(name) ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

function fromCode(name: string): string | undefined {
  const code = /^#x/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number(name.slice(1))
      : Number.NaN;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function firstSentence(text: string, language: string): string {
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text))
    return segment.trim();
  return '';
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.lastIndexOf(' ', longest);
  return `${text.slice(0, cut > longest / 2 ? cut : longest)}…`;
}
