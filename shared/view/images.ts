import type { Image, Update } from '../update.ts';
import { languageAttributes, type ViewContext } from './context.ts';
import { type Html, html } from './html.ts';

/** How wide an image stands on a page: the column of the text, and a phone’s screen without its margins. */
const sizes = '(min-width: 48rem) 38rem, calc(100vw - 2.5rem)';

/** The images of an update, each with its words. `eager`: the first is in sight when the page opens. */
export const figures = ({ images, language }: Update, context: ViewContext, eager: boolean): Html[] =>
  images.map((image, i) => figure(image, languageAttributes(language, context), eager && i === 0));

/** Width and height are said, so that nothing moves when it arrives; a browser takes the least variant that is sharp. */
function figure({ alt, caption, credit, width, height, variants }: Image, language: Html | null, eager: boolean): Html {
  const [modern, plain] = [variants.filter(isWebp), variants.filter((variant) => !isWebp(variant))];
  const set = modern.map(({ url, width }) => `${url} ${width}w`).join(', ');
  const words = [caption && html`${caption} `, credit && html`<small>${credit}</small>`];
  return html`
    <figure${language}>
      <picture>
        ${set && html`<source type="image/webp" srcset="${set}" sizes="${sizes}">`}
        <img src="${(plain.at(-1) ?? modern.at(-1))?.url}" alt="${alt}" width="${width}" height="${height}"${!eager && html` loading="lazy"`} decoding="async">
      </picture>
      ${words.some(Boolean) && html`<figcaption>${words}</figcaption>`}
    </figure>`;
}

const isWebp = ({ type }: Image['variants'][number]): boolean => type === 'image/webp';
