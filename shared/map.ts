/** Where something is, in degrees. */
export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** A part of the earth as a drawing: paths of SVG, and where points lie in it. */
export interface MapDrawing {
  width: number;
  height: number;
  land: string;
  borders: string;
  /** Countries that show enough of themselves to be named, by their ISO 3166 code. */
  countries: { code: string; x: number; y: number }[];
  /** Of what was asked for, in its order. */
  points: { x: number; y: number }[];
}
