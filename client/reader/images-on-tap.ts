import { html } from '../../shared/view/html.ts';
import { elementOf } from './dom.ts';

/** A reader who saves data gets an image in place of the way to it when he asks for it. */
export function showImagesOnTap(): void {
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
