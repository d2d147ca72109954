import sharp, { type OverlayOptions } from 'sharp';
import { directionOf } from '../../shared/i18n/direction.ts';
import { escapeHtml } from '../../shared/view/html.ts';

/** A piece of text on a card. */
export interface TextStyle {
  language: string;
  colour: string;
  bold: boolean;
  struck?: boolean;
  /** Sizes to try, the largest first; px. */
  sizes: readonly number[];
  /** The room there is, px. */
  width: number;
  height: number;
}

/** Text as pixels. */
export interface Block {
  image: Buffer;
  width: number;
  height: number;
}

/** In this order: each has letters that the others don’t have. What none of them has comes from the machine’s own fonts. */
const families = 'Noto Sans, Noto Sans Arabic, Noto Sans Hebrew';

/** What Pango takes for the end of a paragraph, or can’t draw: with the fonts that are shipped pictures would be boxes. */
const undrawable = /[\p{Cc}\u2028\u2029]|\p{Emoji_Presentation}|\ufe0f/gu;

/**
 * Sets a text in the largest size in which it fits; one that does not fit even in the smallest is cut. Pango breaks lines, shapes
 * letters and puts the parts of a text that run both ways in order, as a browser does.
 */
export async function setText(text: string, style: TextStyle): Promise<Block> {
  const clean = text.replace(undrawable, ' ').replace(/\s+/g, ' ').trim();
  for (const size of style.sizes) {
    const block = await draw(clean, size, style);
    if (fits(block, style)) return block;
  }
  return cut(clean, style);
}

const fits = ({ width, height }: Block, room: TextStyle): boolean => width <= room.width && height <= room.height;

/** The longest beginning that fits, found by halving. */
async function cut(text: string, style: TextStyle): Promise<Block> {
  const size = style.sizes.at(-1) ?? 24;
  const words = [...new Intl.Segmenter(style.language, { granularity: 'grapheme' }).segment(text)];
  let [least, most] = [0, words.length];
  let found = await draw('…', size, style);
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    const block = await draw(`${text.slice(0, words[middle]?.index).trimEnd()}…`, size, style);
    if (fits(block, style)) [least, found] = [middle, block];
    else most = middle;
  }
  return found;
}

async function draw(text: string, size: number, { language, colour, bold, struck, width }: TextStyle): Promise<Block> {
  // The first strong character decides which way a paragraph runs: a mark says it, whatever the text begins with.
  const way = directionOf(language) === 'rtl' ? '\u200f' : '\u200e';
  const markup = `<span foreground="${colour}" lang="${escapeHtml(language)}"${struck ? ' strikethrough="true"' : ''}>${way}${escapeHtml(text)}</span>`;
  const { data, info } = await sharp({
    text: {
      text: markup,
      font: `${families}, ${bold ? 'Bold ' : ''}${size}`,
      width,
      wrap: 'word-char',
      rgba: true,
      // Points are pixels then.
      dpi: 72,
      spacing: Math.round(size * (/^(ar|fa|ur|ps|ckb|ug|sd)\b/.test(language) ? -0.36 : -0.06)),
    },
  })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { image: data, width: info.width, height: info.height };
}

/** Where a block goes: at the side where its language begins. */
export function placed(block: Block, top: number, language: string, left: number, right: number): OverlayOptions {
  const x = directionOf(language) === 'rtl' ? right - block.width : left;
  return { input: block.image, top: Math.round(top), left: Math.round(x) };
}
