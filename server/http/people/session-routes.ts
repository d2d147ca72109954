import { acceptanceSchema, credentialsSchema, linkSchema, type SessionState } from '../../../shared/people.ts';
import { ok } from '../../../shared/result.ts';
import type { AccountDesk } from '../../newsroom/people/account-desk.ts';
import type { Invitations } from '../../newsroom/people/invitations.ts';
import { presentSession } from '../../newsroom/people/present-person.ts';
import type { SignedIn, SignIn } from '../../newsroom/people/sign-in.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { type Answer, sendAnswer } from '../answers.ts';
import { parseBody } from '../commands.ts';
import type { Route } from '../routes.ts';
import type { Cookies } from './cookies.ts';
import type { PersonDoor } from './person-door.ts';

export interface SessionRouteParts {
  door: PersonDoor;
  cookies: Cookies;
  people: PeopleStore;
  signIn: SignIn;
  accountDesk: AccountDesk;
  invitations: Invitations;
}

/** What leads to a session and ends it. */
export function sessionRoutes(parts: SessionRouteParts): Route[] {
  const { door, cookies, people, signIn, accountDesk, invitations } = parts;
  const entered = ({ present, token, device }: SignedIn): Answer => ({
    status: 201,
    body: presentSession(present),
    headers: { 'Set-Cookie': cookies.set({ token, device }) },
  });
  return [
    {
      method: 'GET',
      path: '/api/v1/session',
      handlers: [
        async (req, res) => {
          const present = await door.look(req);
          const isNew = present === null && (await people.accounts()).length === 0;
          const nobody: SessionState = { person: null, secondFactorMissing: false, isNew };
          await sendAnswer(req, res, { status: 200, body: present ? presentSession(present) : nobody });
        },
      ],
    },
    {
      method: 'POST',
      path: '/api/v1/session',
      handlers: door.open(async ({ asker, req }) => {
        const input = parseBody(credentialsSchema, req);
        if (!input.ok) return input;
        const done = await signIn.attempt(input.value, asker);
        return done.ok ? ok(entered(done.value)) : done;
      }),
    },
    {
      method: 'DELETE',
      path: '/api/v1/session',
      handlers: door.handlers(async ({ present }) => {
        const ended = await accountDesk.endSession(present, null);
        return ended.ok ? ok({ status: 204, headers: { 'Set-Cookie': cookies.clear() } }) : ended;
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/invitations/look',
      handlers: door.open(async ({ req }) => {
        const input = parseBody(linkSchema, req);
        if (!input.ok) return input;
        const found = await invitations.look(input.value.token);
        return found.ok ? ok({ status: 200, body: found.value }) : found;
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/invitations/accept',
      handlers: door.open(async ({ asker, req }) => {
        const input = parseBody(acceptanceSchema, req);
        if (!input.ok) return input;
        const done = await invitations.accept(input.value, asker);
        return done.ok ? ok(entered(done.value)) : done;
      }),
    },
  ];
}
