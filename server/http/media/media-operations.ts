import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { imageSchema } from '../../../shared/update.ts';
import type { Operation } from '../operations.ts';
import { removedHeader } from './media-routes.ts';

const uploadSchema = z
  .object({
    file: z.string().meta({ format: 'binary', contentMediaType: 'image/*', description: 'JPEG, PNG, WebP or AVIF.' }),
  })
  .meta({ id: 'ImageUpload' });

const uploadedSchema = imageSchema
  .pick({ id: true, width: true, height: true, variants: true })
  .meta({ id: 'UploadedImage' });

/** The documentation of `mediaRoutes`. */
export const mediaOperations: Record<string, Operation> = {
  'POST /api/v1/timelines/:slug/images': {
    id: 'uploadImage',
    summary: 'Upload an image',
    description: `A JPEG, PNG, WebP or AVIF of up to ${limits.imageBytes / 1024 / 1024} MB and ${limits.imagePixels / 1_000_000} million pixels. It is painted anew in several widths, upright, in sRGB and without any metadata; of a moving picture the first is taken; the upload itself is not kept. \`variants\` are WebP in up to five widths and JPEG (with transparency PNG) in up to two. An update shows it with \`images: [{id, alt}]\`; what no update shows is deleted after ${limits.unusedImageHours} hours.`,
    role: 'reporter',
    body: { schema: uploadSchema, type: 'multipart/form-data' },
    answers: {
      201: {
        description: 'The image; its size is that of the upload, upright.',
        schema: uploadedSchema,
        headers: [removedHeader],
      },
    },
    problems: [
      'not-found',
      'too-large',
      'image-too-large',
      'validation-failed',
      'unreadable-image',
      'overloaded',
      'image-store-unavailable',
    ],
  },
};
