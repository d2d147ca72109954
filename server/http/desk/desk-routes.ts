import { z } from 'zod';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Settings, settingsPatchSchema } from '../../../shared/settings.ts';
import type { DeskStart, StaffUpdate } from '../../../shared/staff-update.ts';
import type { DraftDesk } from '../../newsroom/draft-desk.ts';
import type { Answer } from '../answers.ts';
import { conditional, idOf, slugOf } from '../commands.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor } from '../staff.ts';

export interface DeskRouteParts {
  staff: StaffDoor;
  draftDesk: DraftDesk;
}

export const sendBackSchema = z
  .strictObject({ note: z.string().trim().min(1).max(limits.reasonCharacters) })
  .meta({ id: 'SendBack' });

const timeline = '/api/v1/timelines/:slug';

/** What staff read and do behind the record: drafts, approval, the rules of a timeline’s newsroom. */
export function deskRoutes({ staff, draftDesk }: DeskRouteParts): Route[] {
  return [
    {
      method: 'GET',
      path: `${timeline}/settings`,
      handlers: staff.handlers('reporter', async ({ params }) =>
        saidSettings(await draftDesk.settings(slugOf(params))),
      ),
    },
    {
      method: 'PATCH',
      path: `${timeline}/settings`,
      handlers: staff.handlers(
        'editor',
        conditional(settingsPatchSchema, async ({ actor, params }, revision, patch) =>
          saidSettings(await draftDesk.reviseSettings(actor, slugOf(params), revision, patch)),
        ),
      ),
    },
    {
      method: 'GET',
      path: `${timeline}/desk`,
      handlers: staff.handlers('reporter', async ({ actor: { id, name, role }, params }) => {
        const settings = await draftDesk.settings(slugOf(params));
        if (!settings.ok) return settings;
        return ok({ status: 200, body: { you: { id, name, role }, settings: settings.value } satisfies DeskStart });
      }),
    },
    {
      method: 'GET',
      path: `${timeline}/drafts`,
      handlers: staff.handlers('reporter', async ({ params }) => {
        const drafts = await draftDesk.drafts(slugOf(params));
        return drafts.ok ? ok({ status: 200, body: { drafts: drafts.value } }) : drafts;
      }),
    },
    {
      method: 'DELETE',
      path: `${timeline}/drafts/:id`,
      handlers: staff.handlers('reporter', async ({ actor, params }) => {
        const discarded = await draftDesk.discard(actor, slugOf(params), idOf(params));
        return discarded.ok ? ok({ status: 204 }) : discarded;
      }),
    },
    {
      method: 'GET',
      path: `${timeline}/updates/:id/staff`,
      handlers: staff.handlers('reporter', async ({ params }) =>
        saidUpdate(await draftDesk.read(slugOf(params), idOf(params))),
      ),
    },
    {
      method: 'POST',
      path: `${timeline}/updates/:id/send-back`,
      handlers: staff.handlers(
        'editor',
        conditional(sendBackSchema, async ({ actor, params }, revision, { note }) =>
          saidUpdate(await draftDesk.sendBack(actor, slugOf(params), idOf(params), revision, note)),
        ),
      ),
    },
  ];
}

const saidSettings = (result: Result<Settings>): Result<Answer> => said(result, ({ revision }) => revision);
const saidUpdate = (result: Result<StaffUpdate>): Result<Answer> => said(result, ({ update }) => update.revision);

/** The revision is the tag to be sent back as `If-Match`. */
function said<T>(result: Result<T>, revisionOf: (value: T) => number): Result<Answer> {
  if (!result.ok) return result;
  return ok({ status: 200, body: result.value, headers: { ETag: `"${revisionOf(result.value)}"` } });
}
