import type { Invitation, Person, SessionState } from '../../../shared/people.ts';
import type { Actor } from '../../domain/actor.ts';
import type { StoredAccount, StoredInvitation } from '../../store/people-store.ts';
import type { Present } from './sessions.ts';

/** A person as colleagues may see them: no hash, no secret. */
export const presentPerson = (account: StoredAccount, seenAt: string | null): Person => ({
  id: account.id,
  name: account.name,
  email: account.email,
  role: account.role,
  timelines: account.timelines,
  secondFactor: account.secondFactor !== null,
  disabledAt: account.disabledAt,
  createdAt: account.createdAt,
  seenAt,
  revision: account.revision,
});

export const presentInvitation = ({
  id,
  kind,
  name,
  role,
  timelines,
  byName,
  createdAt,
  expiresAt,
}: StoredInvitation): Invitation => ({
  id,
  kind,
  name,
  role,
  timelines,
  byName,
  createdAt,
  expiresAt,
});

export const lacksSecondFactor = ({ account, rules }: Pick<Present, 'account' | 'rules'>): boolean =>
  rules.secondFactorRequired && account.secondFactor === null;

export const presentSession = (present: Present): SessionState => ({
  person: presentPerson(present.account, present.session.seenAt),
  secondFactorMissing: lacksSecondFactor(present),
  isNew: false,
});

export const actorOf = ({ id, name, role, timelines }: StoredAccount, address: string): Actor => ({
  id,
  name,
  role,
  timelines,
  address,
});
