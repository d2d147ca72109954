import type { Html } from '../../shared/view/html.ts';

/** The element that a component describes. */
export function elementOf({ text }: Html): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = text;
  const element = template.content.firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error('a component without an element');
  return element;
}

export const find = (selector: string, within: ParentNode = document): HTMLElement | null =>
  within.querySelector(selector);

export const articleOf = (id: string): HTMLElement | null => document.getElementById(`u-${id}`);

/** The reader has the top of the page before him, and looks. */
export const isLooking = (): boolean => scrollY < 64 && document.visibilityState === 'visible';

/**
 * Changes the page without moving what is being read: the first part of it on the screen that is still there afterwards
 * keeps its place. Browsers that do so by themselves are told not to: two corrections would add up.
 */
export function keepingPlace(change: () => void): void {
  document.documentElement.style.setProperty('overflow-anchor', 'none');
  const scrolled = scrollY > 0;
  const read = [...document.querySelectorAll('article, #summary')]
    .map((element) => ({ id: element.id, ...edges(element) }))
    .filter(({ bottom }) => bottom > 0)
    .slice(0, 9);
  change();
  for (const { id, top } of scrolled ? read : []) {
    const still = document.getElementById(id);
    if (!still) continue;
    scrollBy({ top: edges(still).top - top, behavior: 'instant' });
    return;
  }
}

function edges(element: Element): { top: number; bottom: number } {
  const { top, bottom } = element.getBoundingClientRect();
  return { top, bottom };
}
