import { fileURLToPath } from 'node:url';
import type { Coordinates, MapDrawing } from '../../shared/map.ts';
import { SideProcess } from '../side-process.ts';

const ownProgram = fileURLToPath(new URL('./map-process.js', import.meta.url));
const patienceMs = 30_000;

/** Draws maps in a process of its own, one at a time. */
export class MapMaker {
  readonly #side: SideProcess<readonly Coordinates[], MapDrawing>;

  /** `program`: the built `map-process.js`. */
  constructor(program = ownProgram) {
    this.#side = new SideProcess({ program, env: {}, patienceMs });
  }

  /** Throws SideProcessEnded. */
  draw(points: readonly Coordinates[]): Promise<MapDrawing> {
    return this.#side.ask(points);
  }

  close(): void {
    this.#side.close();
  }
}
