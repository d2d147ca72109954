import { z } from 'zod';
import { limits } from './limits.ts';
import { isTimeZone, languageSchema } from './timeline.ts';

const base64url = (characters: number, what: string) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${characters}}={0,2}$`), { message: `must be ${what} in base64url` });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time of day like 22:00' });

/** Hours of the reader’s own zone in which nothing is sent; they may go over midnight. */
const quietSchema = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, { message: 'must not be the whole day', path: ['to'] });

/** A browser that asks for the key developments of a timeline: what `PushSubscription.toJSON()` says, and how its reader wants them. */
export const newSubscriptionSchema = z
  .strictObject({
    endpoint: z.url({ protocol: /^https$/, message: 'must be an https address' }).max(limits.urlCharacters),
    keys: z.strictObject({
      p256dh: base64url(87, 'a point of P-256'),
      auth: base64url(22, 'a secret of 16 bytes'),
    }),
    language: languageSchema,
    timeZone: z.string().max(64).refine(isTimeZone, { message: 'must be an IANA time zone' }),
    quiet: quietSchema.nullable().default(null),
  })
  .meta({ id: 'NewSubscription' });
export type NewSubscription = z.infer<typeof newSubscriptionSchema>;

/**
 * What a browser is sent. `tag` is the update’s id: a notification of the same tag takes the place of the one there is.
 * `again` replaces what is still shown, silently; `gone` takes it away.
 */
export type PushNote =
  | {
      kind: 'show' | 'again';
      tag: string;
      title: string;
      body: string;
      url: string;
      icon: string;
      language: string;
      direction: 'ltr' | 'rtl';
    }
  | { kind: 'gone'; tag: string };
