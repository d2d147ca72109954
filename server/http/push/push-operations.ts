import { z } from 'zod';
import { newSubscriptionSchema } from '../../../shared/push.ts';
import type { Operation } from '../operations.ts';

/** The documentation of `pushRoutes`. */
export const pushOperations: Record<string, Operation> = {
  'GET /api/v1/push': {
    id: 'pushKey',
    summary: 'The key with which browsers subscribe to notifications',
    answers: {
      200: {
        description: '`applicationServerKey` of `PushManager.subscribe`; the same for all timelines.',
        schema: z.object({ publicKey: z.string() }).meta({ id: 'PushKey' }),
      },
    },
  },
  'POST /api/v1/timelines/:slug/subscriptions': {
    id: 'subscribe',
    summary: 'Have a browser told key developments by Web Push',
    description:
      'The same endpoint again replaces what it asked for before. Told are key developments from now on, but those of quiet hours; later words about them replace what is shown, a takedown takes it away. A subscription that its push service says is dead is deleted.',
    body: { schema: newSubscriptionSchema },
    answers: {
      201: {
        description: 'The id ends it. It follows from the endpoint, which the browser alone knows.',
        schema: z.object({ id: z.string() }).meta({ id: 'Subscription' }),
      },
    },
    problems: ['not-found', 'validation-failed', 'overloaded', 'too-many-requests'],
  },
  'DELETE /api/v1/timelines/:slug/subscriptions/:id': {
    id: 'unsubscribe',
    summary: 'Have it told no more',
    answers: { 204: { description: 'Nothing is kept of it.' } },
    problems: ['not-found', 'too-many-requests'],
  },
};
