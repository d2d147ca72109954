import { isAtTop } from './dom.ts';
import { type Places, placesNow, slideFrom } from './slide.ts';

/**
 * Changes the page without moving what is being read: the first part of it on the screen that is still there afterwards
 * keeps its place. What has to move, as all does at the top, slides. Browsers that keep places by themselves are told not to: two
 * corrections would add up. `change` says so before it touches anything: if it never does, nothing has to be measured.
 */
export function keepingPlace(change: (touching: () => void) => void): void {
  let before: Places | undefined;
  let keeps = false;
  change(() => {
    if (before) return;
    before = placesNow();
    keeps = !isAtTop();
    // After measuring: to have it settled first would lay the page out once more.
    document.documentElement.style.setProperty('overflow-anchor', 'none');
  });
  if (!before) return;
  const near = [...before.values()].filter((place) => place !== null);
  const read = keeps ? near.filter(({ part, bottom }) => bottom > 0 && part.matches('article, #summary')) : [];
  for (const { part, top } of read.slice(0, 9)) {
    const still = document.getElementById(part.id);
    if (!still) continue;
    scrollBy({ top: still.getBoundingClientRect().top - top, behavior: 'instant' });
    break;
  }
  slideFrom(before);
}
