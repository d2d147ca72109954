import { setPriority } from 'node:os';
import type { Coordinates } from '../../shared/map.ts';
import { drawMap } from './draw-map.ts';

/** The process in which maps are drawn (see map-maker.ts): the shapes of the world take memory and time that readers don’t have to give. */
setPriority(8);

process.once('disconnect', () => process.exit());
process.on('message', async (points: readonly Coordinates[]) => {
  process.send?.(await drawMap(points));
});
