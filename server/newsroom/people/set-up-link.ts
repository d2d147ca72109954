import type { Logger } from 'pino';
import type { Actor } from '../../domain/actor.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { Invitations } from './invitations.ts';
import { Passwords } from './passwords.ts';
import { Sessions } from './sessions.ts';

const daymark: Actor = { id: 'daymark', name: 'Daymark', role: 'admin', timelines: null };

export const invitationsOn = (people: PeopleStore, clock: () => number): Invitations =>
  new Invitations({ people, clock, sessions: new Sessions({ people, clock }), passwords: new Passwords() });

/** The path of the link that makes the first account; null where there is one. Told at each start, as earlier links are lost in scrollback. */
export async function setUpPath(people: PeopleStore, clock: () => number, log: Logger): Promise<string | null> {
  const made = await invitationsOn(people, clock).setUp(daymark);
  if (made) log.info('There is no account yet: the set-up link stands on standard output');
  return made?.path ?? null;
}
