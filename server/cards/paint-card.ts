import sharp from 'sharp';
import { cardSize } from '../../shared/view/layout.ts';
import { type Card, cardColours } from './card.ts';
import { placed, setText, type TextStyle } from './card-text.ts';

const { width, height } = cardSize;
const margin = 72;
const inner = width - 2 * margin;

/** The picture of a card, as PNG. */
export async function paintCard(card: Card): Promise<Buffer> {
  const set = (text: string, style: Omit<TextStyle, 'language' | 'width'> & { language?: string }) =>
    setText(text, { language: card.language, width: inner, ...style });
  const at = (block: Awaited<ReturnType<typeof set>>, top: number, language = card.language) =>
    placed(block, top, language, margin, width - margin);
  const { ink, soft } = cardColours;

  const site = await set(card.siteName, { colour: soft, bold: false, sizes: [26], height: 34 });
  const title = await set(card.title, { colour: card.accent, bold: true, sizes: [36, 30, 26], height: 84 });
  const layers = [at(site, 60), at(title, 104)];
  let top = 104 + title.height + 36;

  if (card.isDay) {
    const day = await set(card.day, { colour: ink, bold: true, sizes: [112, 88, 64], height: 150 });
    layers.push(at(day, top));
    top += day.height + 28;
    const date = await set(card.date, { colour: soft, bold: false, sizes: [38, 30], height: 56 });
    layers.push(at(date, top));
    top += date.height + 40;
  } else if (card.mark !== null) {
    const mark = await set(card.mark, { colour: card.accent, bold: true, sizes: [28], height: 40 });
    layers.push(at(mark, top));
    top += mark.height + 36;
  }
  const bottom = card.isDay ? height - 56 : height - 130;
  if (card.headline !== null) {
    const { text, language, isStruck } = card.headline;
    const headline = await set(text, {
      language,
      colour: isStruck ? soft : ink,
      bold: !card.isDay,
      struck: isStruck,
      sizes: card.isDay ? [42, 36, 30] : [68, 58, 50, 43, 37, 32],
      height: bottom - top,
    });
    layers.push(at(headline, top, language));
  }
  if (!card.isDay) {
    const day = await set(`${card.day} · ${card.date}`, { colour: soft, bold: false, sizes: [34, 28], height: 50 });
    layers.push(at(day, height - 92));
  }
  return sharp(Buffer.from(background(card)))
    .composite(layers)
    .removeAlpha()
    .png({ palette: true, colours: 64, effort: 4 })
    .toBuffer();
}

/** The paper, with the accent along its upper edge, as the page has it above a key development. */
const background = ({ accent, isDay }: Card): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${cardColours.paper}"/>
    <rect width="100%" height="20" fill="${accent}"/>
    ${isDay ? '' : `<rect x="${margin}" y="${height - 116}" width="${inner}" height="2" fill="${cardColours.rule}"/>`}
  </svg>`;
