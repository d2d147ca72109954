import type { Registry } from 'prom-client';
import { byKey, counter } from './series.ts';

export interface ImageNumbers {
  readonly counts: Readonly<{
    kept: number;
    refused: number;
    unavailable: number;
    deleted: number;
    bytesUploaded: number;
    bytesKept: number;
    developingMs: number;
  }>;
}

/** What became of uploads, how much that is, and how long writers wait for it. */
export function measureImages(registry: Registry, { counts }: ImageNumbers): void {
  counter(registry, {
    name: 'daymark_images_total',
    help: 'Uploads by outcome: kept, refused (no image, damaged, too large), unavailable (the storage did not take it).',
    labels: ['outcome'],
    read: () => {
      const { kept, refused, unavailable } = counts;
      return byKey('outcome', { kept, refused, unavailable });
    },
  });
  counter(registry, {
    name: 'daymark_images_deleted_total',
    help: 'Images deleted with a takedown, or because no update showed them.',
    read: () => counts.deleted,
  });
  counter(registry, {
    name: 'daymark_image_bytes_total',
    help: 'Bytes of images: uploaded, and kept in all their variants.',
    labels: ['of'],
    read: () => byKey('of', { uploaded: counts.bytesUploaded, kept: counts.bytesKept }),
  });
  counter(registry, {
    name: 'daymark_image_seconds_total',
    help: 'Time from the coming of an upload to its variants, the wait for its turn included; by daymark_images_total, the mean.',
    read: () => counts.developingMs / 1_000,
  });
}
