import type { Logger } from 'pino';
import type { Coordinates, MapDrawing } from '../../shared/map.ts';
import type { Card } from '../cards/card.ts';
import type { CardPainter } from '../cards/card-painter.ts';
import type { MapMaker } from '../maps/map-maker.ts';
import { DrawnShelf } from './drawn-shelf.ts';

export interface DrawingParts {
  log: Logger;
  painter: Pick<CardPainter, 'paint'>;
  mapMaker: Pick<MapMaker, 'draw'>;
}

const megabyte = 1_048_576;

/** What the server draws for readers and for those who show links to them. */
export class Drawings {
  /** Some six hundred fit. */
  readonly cards: DrawnShelf<Card, Buffer>;
  readonly maps: DrawnShelf<readonly Coordinates[], MapDrawing>;

  constructor({ log, painter, mapMaker }: DrawingParts) {
    this.cards = new DrawnShelf({
      log,
      draw: (card) => painter.paint(card),
      bytesOf: (png) => png.length,
      memoryBytes: 24 * megabyte,
    });
    this.maps = new DrawnShelf({
      log,
      draw: (points) => mapMaker.draw(points),
      bytesOf: ({ land, borders }) => land.length + borders.length + 1_000,
      memoryBytes: 8 * megabyte,
    });
  }

  /** Something was taken down. */
  forget(): void {
    this.cards.forget();
    this.maps.forget();
  }
}
