import { issueToken } from '../../server/newsroom/tokens.ts';
import type { Site } from '../http/support.ts';
import { signedIn } from '../support/people.ts';

/** Who asks, in the order of the columns of docs/authority.md. */
export const callerNames = [
  'nobody',
  'reporter',
  'reporter elsewhere',
  'editor',
  'editor elsewhere',
  'admin',
  'admin elsewhere',
  'deleted token',
] as const;
export type CallerName = (typeof callerNames)[number];

export interface Caller {
  name: CallerName;
  /** Under which what he writes is his own. */
  id: string;
  headers: Record<string, string>;
}

const roles = {
  reporter: { role: 'reporter', timelines: null },
  'reporter elsewhere': { role: 'reporter', timelines: ['kyiv'] },
  editor: { role: 'editor', timelines: null },
  'editor elsewhere': { role: 'editor', timelines: ['kyiv'] },
  admin: { role: 'admin', timelines: null },
  'admin elsewhere': { role: 'admin', timelines: ['kyiv'] },
  'deleted token': { role: 'admin', timelines: null },
} as const;

/**
 * The same callers, signed in in a browser in place of a token: what a token may do a session of the same role may, and a session
 * that has ended is worth what a deleted token is.
 */
export async function makePeople({ spine, url }: Site): Promise<Record<CallerName, Caller>> {
  const { people, clock } = spine;
  const made: Caller[] = [{ name: 'nobody', id: 'nobody', headers: {} }];
  for (const name of callerNames.filter((one) => one !== 'nobody')) {
    const { role, timelines } = roles[name];
    const { account, headers } = await signedIn(people, clock.now, url, {
      role,
      timelines: timelines && [...timelines],
    });
    if (name === 'deleted token') {
      const [before = null] = (await people.sessions()).filter((session) => session.account === account.id);
      await people.commit({ effects: [{ kind: 'session', before, after: null }], audit: [] });
    }
    made.push({ name, id: account.id, headers });
  }
  return Object.fromEntries(made.map((caller) => [caller.name, caller])) as Record<CallerName, Caller>;
}

/** One caller of each kind, with tokens of their own; those `elsewhere` have a say in `kyiv` alone. */
export async function makeCallers({ spine }: Site): Promise<Record<CallerName, Caller>> {
  const made: Caller[] = [{ name: 'nobody', id: 'nobody', headers: {} }];
  for (const name of callerNames.filter((one) => one !== 'nobody')) {
    const { role, timelines } = roles[name];
    const { stored, token } = issueToken({ name, role, timelines: timelines && [...timelines] }, spine.clock.ms);
    await spine.store.putToken(stored);
    if (name === 'deleted token') await spine.store.deleteToken(stored.id);
    made.push({ name, id: stored.id, headers: { Authorization: `Bearer ${token}` } });
  }
  return Object.fromEntries(made.map((caller) => [caller.name, caller])) as Record<CallerName, Caller>;
}
