import { z } from 'zod';
import { settingsSchema } from './settings.ts';
import { updateSchema } from './update.ts';

/** What became of a draft that was handed in for approval. */
const reviewSchema = z
  .object({
    state: z.enum(['submitted', 'returned']),
    by: z.string().meta({ description: 'Who handed it in, or sent it back.' }),
    at: z.string(),
    note: z.string().nullable(),
    publishAt: z.string().nullable().meta({ description: 'When its author meant it to go out; null: at once.' }),
  })
  .meta({ id: 'Review' });

/** An update as its newsroom sees it, with what readers never do. */
export const staffUpdateSchema = z
  .object({
    update: updateSchema,
    author: z.object({ id: z.string(), name: z.string().nullable() }),
    createdAt: z.string(),
    publishAt: z.string().nullable(),
    review: reviewSchema.nullable(),
  })
  .meta({ id: 'StaffUpdate' });
export type StaffUpdate = z.infer<typeof staffUpdateSchema>;

/** What a desk begins with: who sits down at it, and by which rules it works. */
export const deskSchema = z
  .object({
    you: z.object({ id: z.string(), name: z.string(), role: z.enum(['reporter', 'editor', 'admin']) }),
    settings: settingsSchema,
  })
  .meta({ id: 'Desk' });
export type DeskStart = z.infer<typeof deskSchema>;
