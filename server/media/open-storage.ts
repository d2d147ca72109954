import { join } from 'node:path';
import { FolderStorage } from './folder-storage.ts';
import type { MediaStorage } from './media-storage.ts';
import { type S3Settings, S3Storage } from './s3-storage.ts';

/** Where files of images are without such a store. */
export const mediaFolderIn = (dataDir: string): string => join(dataDir, 'media');

/** The store that the configuration names, or the folder `media` under DATA_DIR. */
export const openStorage = ({ dataDir, mediaS3 }: { dataDir: string; mediaS3: S3Settings | null }): MediaStorage =>
  mediaS3 === null ? new FolderStorage(mediaFolderIn(dataDir)) : new S3Storage(mediaS3);
