import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { develop } from './develop.ts';

/**
 * The process in which images are decoded (see darkroom.ts). Nothing but the four decoders that we take can be reached, whatever the file
 * says it is; and where memory gets scarce, the system is to end this process before any other.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);
try {
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // Not Linux: then nobody asks for it.
}

process.once('disconnect', () => process.exit());
process.on('message', async (bytes: Buffer) => {
  process.send?.(await develop(bytes));
});
