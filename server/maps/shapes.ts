import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { MultiLineString, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

/** Degrees: west, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** How exact outlines are: to 1 : 10 million or 1 : 50 million. */
export type Detail = '10m' | '50m';

export interface Shapes {
  countries: { code: string | null; shape: ReturnType<typeof feature> }[];
  borders: MultiLineString;
}

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

const resolve = createRequire(import.meta.url).resolve;

/** The countries that have something in a part of the earth, from the shapes that come with Daymark (Natural Earth). */
export async function shapesWithin(bounds: Bounds, detail: Detail): Promise<Shapes> {
  const world = JSON.parse(await readFile(resolve(`world-atlas/countries-${detail}.json`), 'utf8')) as World;
  const here = world.objects.countries.geometries.filter((geometry) => overlaps(boundsOf(world, geometry), bounds));
  const all = mesh(world, { type: 'GeometryCollection', geometries: here }, (one, other) => one !== other);
  return {
    countries: here.map((geometry) => ({ code: codeOf(geometry.id), shape: feature(world, geometry) })),
    borders: { ...all, coordinates: all.coordinates.filter((line) => !line.every(isAtPerekop)) },
  };
}

/**
 * Natural Earth draws who is in control, and so a border between Crimea and the rest of Ukraine. The United Nations know
 * none there (General Assembly, resolution 68/262), and neither do these maps: decision 078.
 */
const isAtPerekop = ([longitude = 0, latitude = 0]: Position): boolean =>
  longitude > 33 && longitude < 36 && latitude > 45.6 && latitude < 46.5;

/** The letters that a numeric code stands for: Intl knows them as another spelling of a region. */
function codeOf(id: string | number | undefined): string | null {
  const region = id === undefined ? undefined : new Intl.Locale(`und-${id}`).region;
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
}

/** Of the arcs that a country is made of: unpacking all its points for this would take longer than drawing it. */
function boundsOf({ arcs, transform }: World, geometry: GeometryObject): Bounds {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  const { scale = [1, 1], translate = [0, 0] } = transform ?? {};
  for (const at of arcNumbers(geometry)) {
    let [x, y] = [0, 0];
    for (const [dx = 0, dy = 0] of arcs[at < 0 ? ~at : at] ?? []) {
      x += dx;
      y += dy;
      const [longitude, latitude] = [x * scale[0] + translate[0], y * scale[1] + translate[1]];
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    }
  }
  return bounds;
}

const arcNumbers = (geometry: GeometryObject): number[] =>
  geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'
    ? (geometry.arcs as (number[] | number[][])[]).flat(2)
    : [];

const overlaps = (one: Bounds, other: Bounds): boolean =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];
