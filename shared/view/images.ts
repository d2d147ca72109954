import type { Image, Update } from '../update.ts';
import { languageAttributes, type ViewContext } from './context.ts';
import { type Html, html } from './html.ts';

/** How wide an image stands on a page: the column of the text, and a phone’s screen without its margins. */
const sizes = '(min-width: 48rem) 38rem, calc(100vw - 2.5rem)';
/** Wide enough to see what there is to see, for readers who save data. */
const thriftyWidth = 640;

/** The images of an update, each with its words. `eager`: the first is in sight when the page opens. */
export const figures = ({ images, language }: Update, context: ViewContext, eager: boolean): Html[] =>
  images.map((image, i) => {
    const shown = context.saving ? wayTo(image, context) : picture(image, eager && i === 0, context);
    return html`<figure${languageAttributes(language, context)}>${shown}${caption(image)}</figure>`;
  });

/**
 * Width and height are said, so that nothing moves when it arrives; a browser takes the least variant that is sharp. One that is not
 * fetched late can’t be kept by a style from being fetched: whoever wants less data gets a small picture until the script has put a
 * way to the image in its place.
 */
function picture({ alt, width, height, variants }: Image, eager: boolean, { icon }: ViewContext): Html {
  const [modern, plain] = [variants.filter(isWebp), variants.filter((variant) => !isWebp(variant))];
  const set = modern.map(({ url, width }) => `${url} ${width}w`).join(', ');
  return html`
    <picture>
      ${eager && icon && html`<source media="(prefers-reduced-data:reduce) and (scripting:enabled)" srcset="${icon}">`}
      ${set && html`<source type="image/webp" srcset="${set}" sizes="${sizes}">`}
      <img src="${(plain.at(-1) ?? modern.at(-1))?.url}" alt="${alt}" width="${width}" height="${height}"${!eager && html` loading="lazy"`} decoding="async">
    </picture>`;
}

/** What there is to know of an image before it is fetched. */
export type Promised = Pick<Image, 'alt' | 'width' | 'height'> & {
  variants: readonly Pick<Image['variants'][number], 'url' | 'width'>[];
};

/** A way to the image in its place, which the open page turns into the image: nothing is fetched before. */
export function wayTo({ alt, width, height, variants }: Promised, { messages }: ViewContext): Html {
  const variant = variants.find((one) => one.width >= thriftyWidth) ?? variants.at(-1);
  return html`<a class="image" href="${variant?.url}" data-size="${width} ${height}"><b>${messages.showImage}</b> <span>${alt}</span></a>`;
}

function caption({ caption, credit }: Image): Html | null {
  const words = [caption && html`${caption} `, credit && html`<small>${credit}</small>`];
  return words.some(Boolean) ? html`<figcaption>${words}</figcaption>` : null;
}

const isWebp = ({ type }: Image['variants'][number]): boolean => type === 'image/webp';
