import type { IncomingMessage } from 'node:http';
import { ok, type Result } from '../../../shared/result.ts';
import { newWebhookSchema, resendSchema, webhookPatchSchema } from '../../../shared/webhook.ts';
import type { WebhookDesk } from '../../newsroom/webhooks/webhook-desk.ts';
import type { Answer } from '../answers.ts';
import { idOf, parseBody, slugOf } from '../commands.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor } from '../staff.ts';

export interface WebhookRouteParts {
  staff: StaffDoor;
  desk: WebhookDesk;
  originOf: (req: IncomingMessage) => string;
}

const all = '/api/v1/timelines/:slug/webhooks';

/** The webhooks of a timeline: for editors. */
export function webhookRoutes({ staff, desk, originOf }: WebhookRouteParts): Route[] {
  return [
    {
      method: 'GET',
      path: all,
      handlers: staff.handlers('editor', async ({ params }) => {
        const found = await desk.list(slugOf(params));
        return found.ok ? ok({ status: 200, body: { webhooks: found.value } }) : found;
      }),
    },
    {
      method: 'POST',
      path: all,
      handlers: staff.handlers('editor', async ({ actor, params, req }) => {
        const input = parseBody(newWebhookSchema, req);
        if (!input.ok) return input;
        return said(await desk.create(actor, slugOf(params), input.value, originOf(req)), 201);
      }),
    },
    {
      method: 'GET',
      path: `${all}/:id`,
      handlers: staff.handlers('editor', async ({ params }) => said(await desk.read(slugOf(params), idOf(params)))),
    },
    {
      method: 'PATCH',
      path: `${all}/:id`,
      handlers: staff.handlers('editor', async ({ actor, params, req }) => {
        const patch = parseBody(webhookPatchSchema, req);
        return patch.ok ? said(await desk.revise(actor, slugOf(params), idOf(params), patch.value)) : patch;
      }),
    },
    {
      method: 'DELETE',
      path: `${all}/:id`,
      handlers: staff.handlers('editor', async ({ actor, params }) => {
        const removed = await desk.remove(actor, slugOf(params), idOf(params));
        return removed.ok ? ok({ status: 204 }) : removed;
      }),
    },
    {
      method: 'POST',
      path: `${all}/:id/rotate`,
      handlers: staff.handlers('editor', async ({ actor, params }) =>
        said(await desk.rotate(actor, slugOf(params), idOf(params))),
      ),
    },
    {
      method: 'POST',
      path: `${all}/:id/test`,
      handlers: staff.handlers('editor', async ({ actor, params }) =>
        said(await desk.test(actor, slugOf(params), idOf(params))),
      ),
    },
    {
      method: 'POST',
      path: `${all}/:id/resend`,
      handlers: staff.handlers('editor', async ({ actor, params, req }) => {
        const asked = parseBody(resendSchema, req);
        return asked.ok ? said(await desk.resend(actor, slugOf(params), idOf(params), asked.value.seq), 202) : asked;
      }),
    },
  ];
}

const said = (result: Result<unknown>, status = 200): Result<Answer> =>
  result.ok ? ok({ status, body: result.value }) : result;
