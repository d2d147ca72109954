import { z } from 'zod';
import { limits } from './limits.ts';

export const webhookEvents = [
  'update.published',
  'update.revised',
  'update.retracted',
  'update.removed',
  'summary.revised',
  'timeline.revised',
] as const;
export const webhookFormats = ['json', 'slack', 'telegram', 'mastodon'] as const;

const url = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(limits.urlCharacters)
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'must be without a user name and a password');
const name = z.string().trim().min(1).max(limits.titleCharacters);
const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((all) => [...new Set(all)]);
const credential = z.string().trim().min(1).max(500).nullable().default(null);

export const newWebhookSchema = z
  .strictObject({
    name,
    url: url.meta({ description: 'Of Telegram and Mastodon: the server’s address, without a path.' }),
    format: z.enum(webhookFormats).default('json'),
    events: events.default([...webhookEvents]),
    keyOnly: z
      .boolean()
      .default(false)
      .meta({ description: 'Of updates only key developments; takedowns are always told.' }),
    token: credential.meta({ description: 'Of the bot (Telegram) or the account (Mastodon).' }),
    recipient: credential.meta({ description: 'The chat (Telegram).' }),
  })
  .refine(({ format, token }) => token !== null || !['telegram', 'mastodon'].includes(format), {
    path: ['token'],
    message: 'is needed for this format',
  })
  .refine(({ format, recipient }) => recipient !== null || format !== 'telegram', {
    path: ['recipient'],
    message: 'is needed for this format',
  })
  .meta({ id: 'NewWebhook' });

export const webhookPatchSchema = z
  .strictObject({ name, events, keyOnly: z.boolean(), enabled: z.boolean() })
  .partial()
  .meta({ id: 'WebhookPatch' });

export const resendSchema = z.strictObject({ seq: z.number().int().min(1) }).meta({ id: 'Resend' });

export const deliverySchema = z
  .object({
    at: z.string(),
    seq: z.number().int().nullable().meta({ description: 'Of the change; null: a test.' }),
    event: z.string(),
    attempt: z.number().int(),
    status: z.number().int().nullable().meta({ description: 'HTTP status; null: no answer came.' }),
    fault: z.string().nullable(),
    delivered: z.boolean(),
  })
  .meta({ id: 'Delivery' });

export const webhookSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string().meta({ description: 'Of Slack without its path, which is a secret.' }),
    format: z.enum(webhookFormats),
    events: z.array(z.enum(webhookEvents)),
    keyOnly: z.boolean(),
    recipient: z.string().nullable(),
    createdAt: z.string(),
    disabled: z.object({ at: z.string(), reason: z.string() }).nullable(),
    secrets: z.number().int().meta({ description: 'With how many secrets messages are signed.' }),
    position: z.string().meta({ description: 'Everything up to here was delivered, or not asked for.' }),
    failures: z.number().int(),
    failingSince: z.string().nullable(),
    nextAttemptAt: z.string().nullable(),
    deliveries: z.array(deliverySchema),
  })
  .meta({ id: 'Webhook' });

export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) }).meta({ id: 'Webhooks' });
export const webhookMadeSchema = webhookSchema.extend({ secret: z.string().nullable() }).meta({ id: 'WebhookMade' });

export type NewWebhook = z.infer<typeof newWebhookSchema>;
export type WebhookPatch = z.infer<typeof webhookPatchSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type Webhook = z.infer<typeof webhookSchema>;
export type WebhookMade = z.infer<typeof webhookMadeSchema>;
