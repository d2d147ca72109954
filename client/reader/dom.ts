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

export const isAtTop = (): boolean => scrollY < 64;

/** Whoever wants less motion is shown nothing that slides. */
export const wantsCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The reader has the top of the page before him, and looks. */
export const isLooking = (): boolean => isAtTop() && document.visibilityState === 'visible';

/** What is new appears at once. Where nothing slides, the page would jump instead: it waits until it is asked for. */
export const takesNews = (): boolean => isLooking() && !wantsCalm();
