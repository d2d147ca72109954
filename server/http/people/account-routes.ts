import type { z } from 'zod';
import { accountPatchSchema, codeSchema, passwordChangeSchema, proofSchema } from '../../../shared/people.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import type { AccountDesk } from '../../newsroom/people/account-desk.ts';
import type { Answer } from '../answers.ts';
import { idOf, parseBody } from '../commands.ts';
import { ifMatch } from '../preconditions.ts';
import type { Route } from '../routes.ts';
import type { Cookies } from './cookies.ts';
import type { PersonAsk, PersonDoor } from './person-door.ts';

export interface AccountRouteParts {
  door: PersonDoor;
  cookies: Cookies;
  accountDesk: AccountDesk;
}

const account = '/api/v1/account';

/** What people do with their own account. */
export function accountRoutes({ door, cookies, accountDesk: desk }: AccountRouteParts): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    handle: (ask: PersonAsk) => Promise<Result<Answer>>,
  ): Route => ({
    method,
    path: account + path,
    handlers: door.handlers(handle),
  });
  return [
    route('GET', '', async ({ present }) => {
      const body = desk.read(present);
      return ok({ status: 200, body, headers: { ETag: `"${body.person.revision}"` } });
    }),
    route('PATCH', '', async ({ present, req }) => {
      const revision = ifMatch(req);
      if (!revision.ok) return revision;
      if (revision.value === null) return refuse('if-match-required', 'Send the revision that you have as If-Match.');
      const input = parseBody(accountPatchSchema, req);
      if (!input.ok) return input;
      const done = await desk.rename(present, revision.value, input.value.name);
      return done.ok
        ? ok({ status: 200, body: done.value, headers: { ETag: `"${done.value.person.revision}"` } })
        : done;
    }),
    route(
      'POST',
      '/password',
      withBody(passwordChangeSchema, async ({ present }, { current, next }) =>
        emptied(await desk.changePassword(present, current, next)),
      ),
    ),
    route('GET', '/sessions', async ({ present }) => ok({ status: 200, body: await desk.sessions(present) })),
    route('DELETE', '/sessions', async ({ present }) => {
      await desk.endAllSessions(present);
      return ok({ status: 204, headers: { 'Set-Cookie': cookies.clear() } });
    }),
    route('DELETE', '/sessions/:id', async ({ present, params }) =>
      emptied(await desk.endSession(present, idOf(params))),
    ),
    route(
      'POST',
      '/second-factor',
      withBody(proofSchema, async ({ present }, { password }) =>
        shown(await desk.beginSecondFactor(present, password)),
      ),
    ),
    route(
      'POST',
      '/second-factor/confirm',
      withBody(codeSchema, async ({ present }, { code }) => shown(await desk.confirmSecondFactor(present, code))),
    ),
    route(
      'DELETE',
      '/second-factor',
      withBody(proofSchema, async ({ present }, { password }) =>
        emptied(await desk.endSecondFactor(present, password)),
      ),
    ),
    route(
      'POST',
      '/recovery-codes',
      withBody(proofSchema, async ({ present }, { password }) =>
        shown(await desk.renewRecoveryCodes(present, password)),
      ),
    ),
  ];
}

const withBody =
  <S extends z.ZodType>(schema: S, handle: (ask: PersonAsk, input: z.output<S>) => Promise<Result<Answer>>) =>
  async (ask: PersonAsk): Promise<Result<Answer>> => {
    const input = parseBody(schema, ask.req);
    return input.ok ? handle(ask, input.value) : input;
  };

const shown = (result: Result<unknown>): Result<Answer> =>
  result.ok ? ok({ status: 200, body: result.value }) : result;
const emptied = (result: Result<void>): Result<Answer> => (result.ok ? ok({ status: 204 }) : result);
