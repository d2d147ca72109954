import { newInvitationSchema, personPatchSchema, rulesPatchSchema } from '../../../shared/people.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { authorise } from '../../domain/actor.ts';
import type { Invitations } from '../../newsroom/people/invitations.ts';
import type { PeopleDesk } from '../../newsroom/people/people-desk.ts';
import type { Answer } from '../answers.ts';
import { conditional, idOf, parseBody } from '../commands.ts';
import { fault } from '../parse.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor, StaffHandler } from '../staff.ts';

export interface PeopleRouteParts {
  staff: StaffDoor;
  peopleDesk: PeopleDesk;
  invitations: Invitations;
  hasTimeline: (slug: string) => boolean;
}

/** What an admin of all timelines does with people and invitations. */
export function peopleRoutes({ staff, peopleDesk, invitations, hasTimeline }: PeopleRouteParts): Route[] {
  /** Whoever may let people in may let them in everywhere: that takes an admin without limits. */
  const route = (method: Route['method'], path: string, handle: StaffHandler): Route => ({
    method,
    path: `/api/v1/${path}`,
    handlers: staff.handlers('admin', async (ask) => {
      const allowed = authorise(ask.actor, null, 'admin');
      return allowed.ok ? handle(ask) : allowed;
    }),
  });
  const known = (timelines: readonly string[] | null | undefined): Result<void> => {
    const unknown = timelines?.findIndex((slug) => !hasTimeline(slug)) ?? -1;
    return unknown >= 0 ? fault(`/timelines/${unknown}`, 'there is no such timeline') : ok(undefined);
  };
  return [
    route('GET', 'people', async () => ok({ status: 200, body: { people: await peopleDesk.list() } })),
    route('GET', 'people/rules', async () => said(ok(await peopleDesk.rules()))),
    route(
      'PATCH',
      'people/rules',
      conditional(rulesPatchSchema, async ({ actor }, revision, { secondFactorRequired }) =>
        said(await peopleDesk.reviseRules(actor, revision, secondFactorRequired)),
      ),
    ),
    route(
      'PATCH',
      'people/:id',
      conditional(personPatchSchema, async ({ actor, params }, revision, patch) => {
        const timelines = known(patch.timelines);
        return timelines.ok ? said(await peopleDesk.revise(actor, idOf(params), revision, patch)) : timelines;
      }),
    ),
    route('POST', 'people/:id/reset', async ({ actor, params }) => {
      const account = await peopleDesk.account(idOf(params));
      return account.ok ? ok({ status: 201, body: await invitations.reset(actor, account.value) }) : account;
    }),
    route('GET', 'invitations', async () => ok({ status: 200, body: { invitations: await invitations.list() } })),
    route('POST', 'invitations', async ({ actor, req }) => {
      const input = parseBody(newInvitationSchema, req);
      if (!input.ok) return input;
      const timelines = known(input.value.timelines);
      return timelines.ok ? ok({ status: 201, body: await invitations.create(actor, input.value) }) : timelines;
    }),
    route('DELETE', 'invitations/:id', async ({ actor, params }) => {
      const withdrawn = await invitations.withdraw(actor, idOf(params));
      return withdrawn.ok ? ok({ status: 204 }) : withdrawn;
    }),
  ];
}

function said(result: Result<{ revision: number }>): Result<Answer> {
  if (!result.ok) return result;
  return ok({ status: 200, body: result.value, headers: { ETag: `"${result.value.revision}"` } });
}
