import { geoMercator, geoPath } from 'd3-geo';
import type { Coordinates, MapDrawing } from '../../shared/map.ts';
import { type Bounds, shapesWithin } from './shapes.ts';

const width = 640;
const height = 440;
/** Room around the outermost points, as a part of the picture. */
const margin = 0.16;
/** A single place is shown with what lies around it: no closer than so many degrees from edge to edge. */
const leastDegrees = 0.7;
/** From here on finer outlines would not be seen. */
const coarseFromDegrees = 7;
/** A country is named where it takes so much of the picture. */
const leastShare = 0.03;

/** Draws the part of the earth that holds all points, in Mercator’s projection. */
export async function drawMap(points: readonly Coordinates[]): Promise<MapDrawing> {
  const projection = geoMercator().precision(0);
  const flat = geoMercator().scale(1).translate([0, 0]);
  const placed = points.map(({ longitude, latitude }): [number, number] => flat([longitude, latitude]) ?? [0, 0]);
  const [xs, ys] = [placed.map(([x]) => x), placed.map(([, y]) => y)];
  // From the left edge to the right, in radians of the equator.
  const span = Math.max(
    (Math.max(...xs) - Math.min(...xs)) / (1 - 2 * margin),
    ((Math.max(...ys) - Math.min(...ys)) / (1 - 2 * margin)) * (width / height),
    (leastDegrees * Math.PI) / 180,
  );
  const scale = width / span;
  const middle = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2] as const;
  projection
    .scale(scale)
    .translate([width / 2 - middle[0] * scale, height / 2 - middle[1] * scale])
    // Edges of the picture are no coasts.
    .clipExtent([
      [-4, -4],
      [width + 4, height + 4],
    ]);
  const degrees = (span * 180) / Math.PI;
  const { countries, borders } = await shapesWithin(boundsOf(projection), degrees > coarseFromDegrees ? '50m' : '10m');
  const path = geoPath(projection).digits(1);
  return {
    width,
    height,
    land: countries.map(({ shape }) => path(shape) ?? '').join(''),
    borders: path(borders) ?? '',
    countries: countries.flatMap(({ code, shape }) => {
      const [x, y] = path.centroid(shape);
      const isSeen =
        path.area(shape) > leastShare * width * height && x > 40 && x < width - 40 && y > 20 && y < height - 20;
      return code !== null && isSeen ? [{ code, x: round(x), y: round(y) }] : [];
    }),
    points: points.map(({ longitude, latitude }) => {
      const [x, y] = projection([longitude, latitude]) ?? [0, 0];
      return { x: round(x), y: round(y) };
    }),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function boundsOf({ invert }: ReturnType<typeof geoMercator>): Bounds {
  const [west = -180, north = 90] = invert?.([0, 0]) ?? [];
  const [east = 180, south = -90] = invert?.([width, height]) ?? [];
  return [west, south, east, north];
}
