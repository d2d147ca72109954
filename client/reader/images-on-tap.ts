import type { ViewContext } from '../../shared/view/context.ts';
import { html } from '../../shared/view/html.ts';
import { type Promised, wayTo } from '../../shared/view/images.ts';
import { elementOf } from './dom.ts';

/** A reader who saves data gets an image in place of the way to it when he asks for it. */
export function showImagesOnTap(context: ViewContext): void {
  withhold(context);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.image') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const [width = '', height = ''] = link.dataset['size']?.split(' ') ?? [];
    const alt = link.querySelector('span')?.textContent;
    const image = elementOf(
      html`<img src="${link.href}" alt="${alt}" width="${width}" height="${height}" tabindex="-1">`,
    );
    link.replaceWith(image);
    image.focus({ preventScroll: true });
  });
}

/**
 * Whoever says it to style sheets alone (`prefers-reduced-data`) got a page with images, which the style keeps from being fetched
 * until they are out of it.
 */
function withhold(context: ViewContext): void {
  for (const image of document.querySelectorAll<HTMLImageElement>('figure > picture > img')) {
    const [width, height] = ['width', 'height'].map((name) => Number(image.getAttribute(name)));
    const set = image.parentElement?.querySelector<HTMLSourceElement>('source[type]')?.srcset ?? '';
    const variants = set ? set.split(', ').map(variantOf) : [{ url: image.src, width: 0 }];
    const promised: Promised = { alt: image.alt, width: width ?? 0, height: height ?? 0, variants };
    image.parentElement?.replaceWith(elementOf(wayTo(promised, context)));
  }
}

/** “/media/x.webp 640w” */
function variantOf(text: string): Promised['variants'][number] {
  const [url = '', width = ''] = text.trim().split(' ');
  return { url, width: Number.parseInt(width, 10) };
}
