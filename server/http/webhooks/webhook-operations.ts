import {
  newWebhookSchema,
  resendSchema,
  webhookMadeSchema,
  webhookPatchSchema,
  webhookSchema,
  webhooksSchema,
} from '../../../shared/webhook.ts';
import type { Operation } from '../operations.ts';

const all = '/api/v1/timelines/:slug/webhooks';
const one = { role: 'editor', problems: ['not-found', 'contended'] } as const;

/** The documentation of `webhookRoutes`. */
export const webhookOperations: Record<string, Operation> = {
  [`GET ${all}`]: {
    id: 'webhooks',
    summary: 'Who outside is told of changes',
    role: 'editor',
    answers: { 200: { description: 'With the last deliveries of each, newest first.', schema: webhooksSchema } },
    problems: ['not-found'],
  },
  [`POST ${all}`]: {
    id: 'createWebhook',
    summary: 'Tell somebody outside of changes',
    description:
      'From now on each change is sent at least once, in order, as `{type, timestamp, position, data}`; `data` is the change as in the log, `type` is `timeline.reset` where the log has begun anew. Signed as Standard Webhooks says: `webhook-signature` is `v1,` and the HMAC-SHA256 (Base64) of `id.timestamp.body`, one for each secret. Any status from 200 to 299 within 10 s is taken for received; else it is tried again, after 1 s and then ever more up to an hour. After three days without success, or a 410, it is disabled. Slack, Telegram and Mastodon get a sentence and a link.',
    role: 'editor',
    body: { schema: newWebhookSchema },
    answers: { 201: { description: 'The secret is shown this once.', schema: webhookMadeSchema } },
    problems: ['not-found', 'limit-reached'],
  },
  [`GET ${all}/:id`]: {
    id: 'webhook',
    summary: 'One webhook',
    role: 'editor',
    answers: { 200: { description: 'With its last deliveries.', schema: webhookSchema } },
    problems: ['not-found'],
  },
  [`PATCH ${all}/:id`]: {
    id: 'reviseWebhook',
    summary: 'Change, disable or enable a webhook',
    description: 'Enabled again, it goes on where it stopped.',
    ...one,
    body: { schema: webhookPatchSchema },
    answers: { 200: { description: 'As it now stands.', schema: webhookSchema } },
  },
  [`DELETE ${all}/:id`]: {
    id: 'deleteWebhook',
    summary: 'Delete a webhook',
    ...one,
    answers: { 204: { description: 'It is gone.' } },
  },
  [`POST ${all}/:id/rotate`]: {
    id: 'rotateWebhook',
    summary: 'Give a webhook a new secret',
    description: 'The one before signs too, until the next time.',
    ...one,
    answers: { 200: { description: 'The new secret is shown this once.', schema: webhookMadeSchema } },
  },
  [`POST ${all}/:id/test`]: {
    id: 'testWebhook',
    summary: 'Send a webhook a test',
    description: 'Of type `webhook.test`, once; also where it is disabled.',
    ...one,
    answers: { 200: { description: 'What came of it is the first delivery.', schema: webhookSchema } },
  },
  [`POST ${all}/:id/resend`]: {
    id: 'resendWebhook',
    summary: 'Send a change once more',
    description: 'As the log has it now: what was taken down since is sent as `update.removed`.',
    ...one,
    body: { schema: resendSchema },
    answers: { 202: { description: 'It is sent in a moment, and stands in the log then.', schema: webhookSchema } },
  },
};
