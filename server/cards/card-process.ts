import { setPriority } from 'node:os';
import sharp from 'sharp';
import type { Card } from './card.ts';
import { paintCard } from './paint-card.ts';

/** The process in which cards are drawn (see card-painter.ts). Readers and posts go first: nobody waits long for a card. */
sharp.cache(false);
sharp.concurrency(1);
setPriority(8);

process.once('disconnect', () => process.exit());
process.on('message', async (card: Card) => {
  process.send?.(await paintCard(card));
});
