import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { appearanceSchema, type Logo, type Settings } from '../../../shared/settings.ts';
import type { MediaStorage } from '../../media/media-storage.ts';

/** Of a logo’s sizes the largest below this goes into an export; a line may have 4 MiB, and it holds two. */
const mostBytes = 1_000_000;

const pictureSchema = z.base64().max(Math.ceil((mostBytes * 4) / 3) + 4);

/** How readers’ pages look, as a line of an export: what the newsroom set, with the bytes of the logo. */
export const appearanceLineSchema = z.object({
  ...appearanceSchema.pick({ siteName: true, accent: true }).shape,
  logo: z
    .object({
      alt: z.string().min(1).max(limits.shortTextCharacters),
      light: pictureSchema,
      dark: pictureSchema.nullable(),
    })
    .nullable(),
});
export type AppearanceLine = z.infer<typeof appearanceLineSchema>;

/** Null: nobody has set anything. A logo whose files are gone is left out. */
export async function appearanceLine(
  slug: string,
  { appearance: { siteName, accent, logo } }: Settings,
  storage: Pick<MediaStorage, 'get'>,
): Promise<AppearanceLine | null> {
  if (siteName === null && accent === null && logo === null) return null;
  const light = logo && (await bytesOf(slug, logo, storage));
  const dark = logo?.dark ? await bytesOf(slug, logo.dark, storage) : null;
  return { siteName, accent, logo: logo && light ? { alt: logo.alt, light, dark } : null };
}

async function bytesOf(
  slug: string,
  { id, variants }: Pick<Logo, 'id' | 'variants'>,
  storage: Pick<MediaStorage, 'get'>,
): Promise<string | null> {
  for (const { url } of variants.filter(({ type }) => type === 'image/webp').reverse()) {
    const bytes = await storage.get(`${slug}/${id}`, url.split('/').at(-1) ?? '');
    if (bytes && bytes.length <= mostBytes) return bytes.toString('base64');
  }
  return null;
}
