import { Sessions } from '../../server/newsroom/people/sessions.ts';
import type { PeopleStore, StoredAccount } from '../../server/store/people-store.ts';
import type { Role } from '../../server/store/store.ts';

/** A person who is signed in. */
export interface SignedIn {
  account: StoredAccount;
  token: string;
  /** What the newsroom’s own pages send. */
  headers: Record<string, string>;
}

let count = 0;

/** Puts somebody into the store, signed in on a browser at `url`. No password fits. */
export async function signedIn(
  people: PeopleStore,
  clock: () => number,
  url: string,
  more: { role: Role; timelines?: string[] | null } & Partial<StoredAccount>,
): Promise<SignedIn> {
  const number = ++count;
  const account: StoredAccount = {
    id: `person-${number}`,
    name: `Person ${number}`,
    email: `person-${number}@example.org`,
    timelines: null,
    passwordHash: 'none',
    secondFactor: null,
    pendingSecret: null,
    disabledAt: null,
    createdAt: new Date(clock()).toISOString(),
    revision: 1,
    ...more,
  };
  const { token, session } = new Sessions({ people, clock }).make(account.id, { address: '192.0.2.1', userAgent: '' });
  const effects = [
    { kind: 'account' as const, before: null, after: account },
    { kind: 'session' as const, before: null, after: session },
  ];
  if (!(await people.commit({ effects, audit: [] }))) throw new Error('this person is there already');
  return { account, token, headers: fromPage(url, token) };
}

/** The headers of a page of the newsroom at `url`. */
export const fromPage = (url: string, token: string | null): Record<string, string> => ({
  'Daymark-Newsroom': '1',
  Origin: new URL(url).origin,
  ...(token === null ? {} : { Cookie: `daymark=${token}` }),
});
