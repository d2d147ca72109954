import type { BrowserContextOptions } from 'playwright-core';
import type { Role } from '../../../server/store/store.ts';
import { signedIn } from '../../support/people.ts';
import type { Stage } from '../support.ts';

/** A browser in which somebody with this role is signed in. */
export async function signedInAs(
  role: Role,
  { site, spine }: Stage,
  more: { name?: string } = {},
): Promise<BrowserContextOptions> {
  const { token } = await signedIn(spine.people, spine.clock.now, site.url, { role, ...more });
  const cookie = { name: 'daymark', value: token, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true };
  return { storageState: { cookies: [{ ...cookie, secure: false, sameSite: 'Strict' }], origins: [] } };
}
