import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { AccountDesk } from '../../newsroom/people/account-desk.ts';
import { Invitations } from '../../newsroom/people/invitations.ts';
import { Passwords } from '../../newsroom/people/passwords.ts';
import { PeopleDesk } from '../../newsroom/people/people-desk.ts';
import { Sessions } from '../../newsroom/people/sessions.ts';
import { SignIn } from '../../newsroom/people/sign-in.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import type { Store } from '../../store/store.ts';
import { Identity } from '../identity.ts';
import type { Limiters } from '../rate-limits.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor } from '../staff.ts';
import { accountRoutes } from './account-routes.ts';
import { Cookies } from './cookies.ts';
import { OwnRequests } from './own-requests.ts';
import { peopleRoutes } from './people-routes.ts';
import { PersonDoor } from './person-door.ts';
import { sessionRoutes } from './session-routes.ts';

export interface PeopleAreaParts {
  people: PeopleStore;
  audit: AuditStore;
  store: Pick<Store, 'tokenByHash'>;
  clock: () => number;
  log: Logger;
  adminToken: string | null;
  publicUrl: string | null;
  limiters: Limiters;
  addressOf: (req: IncomingMessage) => string;
  hasTimeline: (slug: string) => boolean;
}

/** Who is there, and the addresses at which people come, go and are let in. */
export function peopleArea(parts: PeopleAreaParts): { identity: Identity; routes: (staff: StaffDoor) => Route[] } {
  const { people, audit, store, clock, log, adminToken, publicUrl, limiters, addressOf, hasTimeline } = parts;
  const cookies = new Cookies(publicUrl);
  const own = new OwnRequests(publicUrl);
  const sessions = new Sessions({ people, clock });
  const passwords = new Passwords();
  const identity = new Identity({
    store,
    sessions,
    cookies,
    own,
    adminToken,
    failures: limiters.failedAuth,
    addressOf,
  });
  const door = new PersonDoor({ identity, cookies, own, sessions, writes: limiters.writes, addressOf });
  const inside = { people, sessions, passwords, clock };
  const invitations = new Invitations(inside);
  const accountDesk = new AccountDesk(inside);
  const signIn = new SignIn({ ...inside, audit, log });
  const routes = (staff: StaffDoor): Route[] => [
    ...sessionRoutes({ door, cookies, people, signIn, accountDesk, invitations }),
    ...accountRoutes({ door, cookies, accountDesk }),
    ...peopleRoutes({ staff, peopleDesk: new PeopleDesk(inside), invitations, hasTimeline }),
  ];
  return { identity, routes };
}
