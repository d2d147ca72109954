import { createHash, randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { z } from 'zod';
import { limits } from '../../shared/limits.ts';
import { slugSchema } from '../../shared/timeline.ts';
import type { StoredToken } from '../store/store.ts';

export const newTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(limits.shortTextCharacters),
    role: z.enum(['reporter', 'editor', 'admin']),
    timelines: z.array(slugSchema).min(1).max(1_000).nullish().meta({ description: 'Left out: all timelines.' }),
  })
  .meta({ id: 'NewToken' });
export type NewToken = z.infer<typeof newTokenSchema>;

/** A token as it may be shown: never its hash. */
export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: newTokenSchema.shape.role,
    timelines: z.array(z.string()).nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof tokenSchema>;

/** Makes a token: 256 random bits, so a plain hash keeps it as safe as a slow one. The text exists here only once. */
export function issueToken(input: NewToken, now: number): { stored: StoredToken; token: string } {
  const token = `dm_${randomBytes(32).toString('base64url')}`;
  const stored: StoredToken = {
    id: ulid(now).toLowerCase(),
    name: input.name,
    role: input.role,
    timelines: input.timelines ? [...new Set(input.timelines)] : null,
    hash: hashOfToken(token),
    createdAt: new Date(now).toISOString(),
  };
  return { stored, token };
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const presentToken = ({ id, name, role, timelines, createdAt }: StoredToken): Token => ({
  id,
  name,
  role,
  timelines,
  createdAt,
});
