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
const prefersCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface Place {
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

/** Where each part of the page stands, in their order. */
export function placesNow(): Place[] {
  const places = [...document.querySelectorAll(parts)].map((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return { part, top, bottom, seen: bottom - top };
  });
  for (const [at, place] of places.entries())
    place.seen = Math.min(place.seen, (places[at + 1]?.top ?? place.bottom) - place.top);
  return places;
}

/** Shows the way from where everything stood. Whoever wants less motion sees it in its new place at once. */
export function slideFrom(before: readonly Place[]): void {
  for (const animation of sliding) animation.cancel();
  sliding = prefersCalm() || document.hidden ? [] : slidesFrom(before);
  const [first] = sliding;
  if (!first) arrive();
  else
    first.finished.then(
      () => afterPaint(() => first === sliding[0] && arrive()),
      () => undefined, // it was put in the place of by another
    );
}

function slidesFrom(before: readonly Place[]): Animation[] {
  const stood = new Map(before.map((place) => [nameOf(place.part), place]));
  const places = placesNow();
  const moves = ({ part, top }: Place): number => (stood.get(nameOf(part))?.top ?? top) - top;
  const listAt = places.find(({ part }) => part.matches(list));
  const taken = listAt ? moves(listAt) : 0;
  const slides: Animation[] = [];
  let below: number | undefined;
  for (const { part, top, bottom } of places.reverse()) {
    const was = stood.get(nameOf(part));
    const isNew = !was && part.matches(news);
    const from = was?.top ?? (isNew ? (below ?? top) : top);
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

const afterPaint = (task: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(task));
};

// Nobody sees what slides, and there are no frames.
document.addEventListener('visibilitychange', () => document.hidden && arrive());
