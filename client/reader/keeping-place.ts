import { isAtTop } from './dom.ts';
import { placesNow, slideFrom } from './slide.ts';

/**
 * Changes the page without moving what is being read: the first part of it on the screen that is still there afterwards
 * keeps its place. What has to move, as all does at the top, slides. Browsers that keep places by themselves are told not to: two
 * corrections would add up.
 */
export function keepingPlace(change: () => void): void {
  document.documentElement.style.setProperty('overflow-anchor', 'none');
  const before = placesNow();
  const keeps = !isAtTop();
  change();
  const read = keeps ? before.filter(({ part, bottom }) => bottom > 0 && part.matches('article, #summary')) : [];
  for (const { part, top } of read.slice(0, 9)) {
    const still = document.getElementById(part.id);
    if (!still) continue;
    scrollBy({ top: still.getBoundingClientRect().top - top, behavior: 'instant' });
    break;
  }
  slideFrom(before);
}
