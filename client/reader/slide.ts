import { wantsCalm } from './dom.ts';

/**
 * What stands elsewhere after a change goes there from where it stood, and what is new appears when it has made room: nothing jumps
 * under the reader’s eyes. Transforms, opacity and, where a part grows, a clip do that, which browsers don’t count as shifts of the layout.
 */
const parts = 'main > *, #updates > *, main ~ :not(.notices, .unseen)';
/** Parts that come and go; all others are there from the start. */
const news = 'article, #summary';
/** It takes what stands in it along. */
const list = '#updates';

const timing: KeyframeAnimationOptions = { duration: 300, easing: 'ease-out' };

export interface Place {
  part: Element;
  top: number;
  bottom: number;
  /** How much of it is in sight while it comes out; px. */
  seen: number;
}

/** What is new waits for those below to make room. Like a transform, it is animated without painting anything anew. */
const comingOut: Keyframe[] = [{ opacity: 0 }, { opacity: 0, offset: 0.5 }, { opacity: 1 }];

let sliding: Animation[] = [];
const waiting: (() => void)[] = [];

/** By its name each part of the page, in their order, and where it stands; null: far from what is seen. */
export type Places = Map<string | Element, Place | null>;

/**
 * A day has hundreds of updates, of which a few are in sight: only those, what stands within a screen of them, and what did so
 * `before` are measured.
 */
export function placesNow(before?: Places): Places {
  const all = [...document.querySelectorAll(parts)];
  const inList = all.filter(({ parentElement }) => parentElement?.matches(list));
  const far = new Set(inList);
  const [from, to] = [firstBelow(inList, -innerHeight) - 1, firstBelow(inList, 2 * innerHeight)];
  for (const part of inList.slice(Math.max(from, 0), to)) far.delete(part);
  const near = all.filter((part) => !far.has(part) || before?.get(nameOf(part))).map(placeOf);
  for (const [at, place] of near.entries())
    place.seen = Math.min(place.seen, (near[at + 1]?.top ?? place.bottom) - place.top);
  return new Map([
    ...all.map((part) => [nameOf(part), null] as const),
    ...near.map((place) => [nameOf(place.part), place] as const),
  ]);
}

function placeOf(part: Element): Place {
  const { top, bottom } = part.getBoundingClientRect();
  return { part, top, bottom, seen: bottom - top };
}

/** Index of the first part that begins below so many pixels; they stand one below the other, so few have to be asked. */
function firstBelow(all: readonly Element[], px: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().top ?? 0) > px) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Shows the way from where everything stood. Whoever wants less motion sees it in its new place at once. */
export function slideFrom(before: Places): void {
  for (const animation of sliding) animation.cancel();
  sliding = wantsCalm() || document.hidden ? [] : slidesFrom(before);
  const [first] = sliding;
  if (!first) arrive();
  else
    first.finished.then(
      () => afterPaint(() => first === sliding[0] && arrive()),
      () => undefined, // it was put in the place of by another
    );
}

/** Starts what has to move; nothing where all stands as it stood. */
function slidesFrom(before: Places): Animation[] {
  const places = [...placesNow(before).values()].filter((place) => place !== null);
  const moves = ({ part, top }: Place): number => (before.get(nameOf(part))?.top ?? top) - top;
  const listAt = places.find(({ part }) => part.matches(list));
  const taken = listAt ? moves(listAt) : 0;
  const slides: Animation[] = [];
  let below: number | undefined;
  for (const { part, top, bottom } of places.reverse()) {
    const was = before.get(nameOf(part));
    const isNew = was === undefined && part.matches(news);
    const from = was?.top ?? (isNew ? (below ?? top) : was === null ? Math.max(top, innerHeight) : top);
    below = from;
    const isInSight = Math.min(from, top) < innerHeight && Math.max(from - top, 0) + bottom > 0;
    if (!isInSight) continue;
    if (isNew) slides.push(part.animate(comingOut, timing));
    const seen = part.matches(list) ? bottom - top : (was?.seen ?? bottom - top);
    const frames = framesOf(from - top - (part.parentElement?.matches(list) ? taken : 0), bottom - top - seen);
    if (frames) slides.push(part.animate(frames, timing));
  }
  return slides;
}

/** What is put in the place of another version of itself has its id. */
const nameOf = (part: Element): string | Element => part.id || part;

/** From where a part stood, and from as much of it as was in sight; px. Null where it neither moves nor grows. */
function framesOf(moved: number, more: number): Keyframe[] | null {
  const moves = Math.abs(moved) >= 1;
  const grows = more >= 1;
  if (!moves && !grows) return null;
  // Its own ground reaches a little beyond its other edges.
  const frame = (y: number, hidden: string): Keyframe => ({
    ...(moves && { transform: `translateY(${y}px)` }),
    ...(grows && { clipPath: `inset(-1rem -1rem ${hidden})` }),
  });
  return [frame(moved, `${more}px`), frame(0, '-1rem')];
}

/**
 * Runs a task as soon as nothing slides: what is changed in a frame in which it moves by itself counts as a shift, because it is
 * brought back neither to where it was nor to where it would be.
 */
export function whenStill(task: () => void): void {
  waiting.push(task);
  if (sliding.length === 0) arrive();
}

function arrive(): void {
  sliding = [];
  for (const task of waiting.splice(0)) queueMicrotask(task);
}

/** In a task of its own: what ran within a frame would make that frame late. */
const afterPaint = (task: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(task)));
};

// Nobody sees what slides, and there are no frames.
document.addEventListener('visibilitychange', () => document.hidden && arrive());
