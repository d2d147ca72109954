import { Parser } from 'htmlparser2';
import { limits } from '../../../shared/limits.ts';
import { cutText } from '../../../shared/text.ts';
import { oneLine } from './foreign-values.ts';

/** An image as a row shows it at its source. */
export interface ForeignImage {
  /** As it was written; it may be relative to nothing that is known. */
  url: string;
  alt: string | null;
  caption: string | null;
  credit: string | null;
}

/** A description, caption or credit as long as an image may have it. */
export const imageText = (text: string | null): string | null =>
  text === null ? null : cutText(text, limits.imageTextCharacters);

/** What counts readers and shows nothing is a pixel or two wide. */
const leastPixels = 3;

/** The images of a body, each once, with the caption of the figure that they stand in. `base`: the page that the body was on. */
export function imagesIn(html: string, base: string | null = null): ForeignImage[] {
  if (!/<img\b/i.test(html)) return [];
  const found = new Map<string, ForeignImage>();
  let figure: ForeignImage[] | null = null;
  let caption: string[] | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'figure') figure = [];
      if (name === 'figcaption') caption = [];
      if (name !== 'img') return;
      const image = imageOf(attributes, base);
      if (!image || found.has(image.url)) return;
      found.set(image.url, image);
      figure?.push(image);
    },
    ontext(text) {
      caption?.push(text);
    },
    onclosetag(name) {
      if (name === 'figcaption' && caption) {
        const text = oneLine(caption.join('')) || null;
        for (const image of figure ?? []) image.caption = text;
        caption = null;
      }
      if (name === 'figure') figure = null;
    },
  });
  parser.end(html);
  return [...found.values()];
}

function imageOf(attributes: Record<string, string>, base: string | null): ForeignImage | null {
  const { src = '', alt = '', width, height } = attributes;
  const isCounter = [width, height].some((side) => side !== undefined && Number(side) < leastPixels);
  if (src === '' || isCounter) return null;
  const url = base !== null && URL.canParse(src, base) ? new URL(src, base).href : src;
  return { url, alt: oneLine(alt) || null, caption: null, credit: null };
}

/** The words of a text in HTML, on one line; null where there are none. */
export function wordsOf(html: string | null | undefined): string | null {
  const words: string[] = [];
  const parser = new Parser({ ontext: (text) => words.push(text) });
  parser.end(html ?? '');
  return oneLine(words.join('')) || null;
}
