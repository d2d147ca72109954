import { z } from 'zod';
import { isLegible, leastContrast, type Scheme } from './colour.ts';
import { limits } from './limits.ts';
import { imageSchema } from './update.ts';

const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(limits.shortTextCharacters)
  .regex(/^[^\p{Cc}]*$/u, { message: 'must be one line without control characters' });

const webUrl = z.url({ protocol: /^https?$/, message: 'must be an http or https address' }).max(limits.urlCharacters);

const accentOn = (scheme: Scheme) =>
  z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, { message: 'must be a colour like #a8201a', abort: true })
    .refine((colour) => isLegible(colour, scheme), {
      message: `needs a contrast of ${leastContrast} to ${scheme} paper`,
    });

const newAppearanceSchema = z
  .strictObject({
    siteName: oneLine.nullable().default(null),
    accent: z
      .strictObject({ light: accentOn('light'), dark: accentOn('dark') })
      .nullable()
      .default(null),
    logo: z
      .strictObject({ id: z.string().max(64), alt: oneLine, dark: z.string().max(64).nullable().default(null) })
      .nullable()
      .default(null)
      .meta({
        description: 'An uploaded image; `alt` is the name that it shows; `dark`: another one, for dark paper.',
      }),
  })
  .meta({ id: 'NewAppearance' });

const pictureSchema = imageSchema.omit({ alt: true, caption: true, credit: true });

/** How a reader’s page looks: the name or the logo above it in place of Daymark’s, and the colour of its links and marks. */
export const appearanceSchema = newAppearanceSchema
  .extend({
    logo: pictureSchema
      .extend({ alt: oneLine, dark: pictureSchema.nullish().meta({ description: 'Shown on dark paper.' }) })
      .nullable(),
  })
  .meta({ id: 'Appearance' });
export type Appearance = z.infer<typeof appearanceSchema>;
export type Logo = NonNullable<Appearance['logo']>;

/** The images that it shows, each once. */
export const imagesOfAppearance = ({ logo }: Pick<Appearance, 'logo'>): string[] =>
  logo === null ? [] : [...new Set([logo.id, ...(logo.dark ? [logo.dark.id] : [])])];

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** A source of `frame-ancestors`: it goes into a header as it stands, so nothing but hosts gets through. */
const embedHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(new RegExp(`^(?:https?://)?(?:\\*\\.)?${label}(?:\\.${label})*(?::\\d{1,5})?$`), {
    message: 'must be a host like news.example.org or *.example.org',
  });

/** Who publishes, as search engines are told. */
export const publisherSchema = z
  .strictObject({
    name: oneLine,
    url: webUrl,
    logo: webUrl.nullable().default(null),
    correctionsPolicy: webUrl.nullable().default(null),
    publishingPrinciples: webUrl.nullable().default(null),
  })
  .meta({ id: 'Publisher' });

/** What is set for a timeline beside its public record: how its newsroom works, and how its pages look. */
export const settingsSchema = z
  .object({
    approval: z.boolean().meta({ description: 'An editor approves what reporters publish.' }),
    hold: z.boolean().meta({ description: 'Nothing is published, scheduled updates included, until it is off again.' }),
    appearance: appearanceSchema,
    embedHosts: z
      .array(embedHost)
      .max(limits.embedHosts)
      .nullable()
      .meta({ description: 'Hosts whose pages may embed the timeline. null: any; an empty list: none.' }),
    publisher: publisherSchema.nullable(),
    revision: z.number().int(),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z
  .strictObject(settingsSchema.omit({ revision: true }).extend({ appearance: newAppearanceSchema }).partial().shape)
  .meta({ id: 'SettingsPatch' });
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** Those of a timeline whose settings nobody has touched. */
export const initialSettings: Settings = {
  approval: false,
  hold: false,
  appearance: { siteName: null, accent: null, logo: null },
  embedHosts: null,
  publisher: null,
  revision: 0,
};
