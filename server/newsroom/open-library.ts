import type { Logger } from 'pino';
import { Darkroom } from '../media/darkroom.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { openStorage } from '../media/open-storage.ts';
import type { S3Settings } from '../media/s3-storage.ts';
import type { ImagesStore } from '../store/images-store.ts';
import { ImageLibrary } from './image-library.ts';

interface Wanted {
  images: ImagesStore;
  config: { dataDir: string; mediaS3: S3Settings | null };
  log: Logger;
}

/** The images of a newsroom, on the storage that the configuration names. `close` ends what is being decoded. */
export function openLibrary({ images, config, log }: Wanted): {
  library: ImageLibrary;
  storage: MediaStorage;
  close(): void;
} {
  const storage = openStorage(config);
  const darkroom = new Darkroom({ log });
  const library = new ImageLibrary({ images, storage, darkroom, clock: Date.now, log });
  return { library, storage, close: () => darkroom.close() };
}
