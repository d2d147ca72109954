import type { MapDrawing } from '../map.ts';

export type Point = MapDrawing['points'][number];

/** On which side of its marker a name stands, and whether also on phones, where letters take more of the drawing. */
export interface NamePlace {
  side: 'left' | 'right';
  onPhones: boolean;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Sizes of markers and letters, in the drawing’s own units, as `map.css` sets them; a letter’s width is one of the wider ones. */
const desk = { radius: 13, letter: 7.6, line: 15 };
const phone = { radius: 18, letter: 12, line: 24 };
/** From the middle of a marker to where its name begins. */
export const nameGap = 21;

/**
 * Where names stand so that none lies over another one or over a number; null where there is no room: the list below the map has
 * them all. What comes first is placed first, away from the nearer edge if it can be.
 */
export function placeNames(names: readonly string[], points: readonly Point[], width: number): (NamePlace | null)[] {
  const placed = { desk: [] as Box[], phone: [] as Box[] };
  return names.map((name, at) => {
    const point = points[at];
    if (!point) return null;
    const others = points.filter((other) => other !== point);
    const isFree = (box: Box, taken: readonly Box[], { radius }: typeof desk): boolean =>
      box.left >= 0 &&
      box.right <= width &&
      ![...taken, ...others.map((other) => around(other, radius))].some((other) => overlap(box, other));
    const sides = point.x > width / 2 ? (['left', 'right'] as const) : (['right', 'left'] as const);
    for (const side of sides) {
      const box = boxOf(name, point, side, desk);
      if (!isFree(box, placed.desk, desk)) continue;
      placed.desk.push(box);
      const larger = boxOf(name, point, side, phone);
      const onPhones = isFree(larger, placed.phone, phone);
      if (onPhones) placed.phone.push(larger);
      return { side, onPhones };
    }
    return null;
  });
}

function boxOf(name: string, { x, y }: Point, side: NamePlace['side'], { letter, line }: typeof desk): Box {
  const length = [...name].length * letter;
  const near = side === 'right' ? x + nameGap : x - nameGap - length;
  return { left: near, right: near + length, top: y - line / 2, bottom: y + line / 2 };
}

const around = ({ x, y }: Point, radius: number): Box => ({
  left: x - radius,
  right: x + radius,
  top: y - radius,
  bottom: y + radius,
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
