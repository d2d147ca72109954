/**
 * Reading text out of a sanitised body. The sanitiser writes tags without `>` in attributes and these few entities only,
 * so taking them out again needs no parser; this is not for HTML from elsewhere.
 */
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** The text of a sanitised body, on one line. */
export function plainText(body: string): string {
  return blocksOf(body).join(' ');
}

/** The texts of its paragraphs, list items, cells and lines; empty ones left out. */
function blocksOf(body: string): string[] {
  return body
    .split(/<\/?(?:p|li|ul|ol|blockquote|h3|h4|br|hr|tr|td|th|table|pre)\b[^>]*>/)
    .map(inlineText)
    .filter((text) => text !== '');
}

const inlineText = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();

/** At most so many UTF-16 units of a text. No pair of them is torn apart: half a character is none, and Redis takes no JSON with one. */
export function cutText(text: string, most: number): string {
  const isTorn = text.length > most && /[\ud800-\udbff]$/.test(text.slice(0, most));
  return text.slice(0, isTorn ? most - 1 : most);
}

const longest = 300;
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * What stands for an update in lists, feeds and titles: its headline, or the first sentence of its body. A first line
 * without a full stop (a crosshead, a list item) ends where its block does.
 */
export function headlineOf(update: { headline: string; body: string; language: string }): string {
  if (update.headline !== '') return update.headline;
  const text = blocksOf(update.body)[0] ?? '';
  const segmenter = segmenters.get(update.language) ?? new Intl.Segmenter(update.language, { granularity: 'sentence' });
  segmenters.set(update.language, segmenter);
  const first = segmenter.segment(text)[Symbol.iterator]().next().value?.segment.trim() ?? text;
  return first.length > longest ? `${cutText(first, longest - 1).trimEnd()}…` : first;
}
