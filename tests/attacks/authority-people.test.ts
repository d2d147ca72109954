import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { get } from '../http/raw.ts';
import { site } from '../http/support.ts';
import { fromPage, signedIn } from '../support/people.ts';
import { isPersonal } from './authority-cases.ts';

const the = site();

const [, accounts = ''] = readFileSync('docs/authority.md', 'utf8').split('\n## Accounts');
const rows = [...accounts.matchAll(/^\| `(\w+ [^`]+)` \|(.*)\|$/gm)].map(([, route = '', cells = '']) => ({
  route,
  statuses: cells.split('|').map((cell) => Number(cell.trim())),
}));

const wrong = { password: 'not the password' };
const bodies: Record<string, object> = {
  'POST /api/v1/session': { email: 'nobody@example.org', ...wrong },
  'POST /api/v1/invitations/look': { token: 'none' },
  'POST /api/v1/invitations/accept': {
    token: 'none',
    name: 'N',
    email: 'n@example.org',
    password: 'four plain grey words',
  },
  'PATCH /api/v1/account': { name: 'Another name' },
  'POST /api/v1/account/password': { current: 'not the password', next: 'four plain grey words' },
  'POST /api/v1/account/second-factor': wrong,
  'POST /api/v1/account/second-factor/confirm': { code: '000000' },
  'DELETE /api/v1/account/second-factor': wrong,
  'POST /api/v1/account/recovery-codes': wrong,
};

/** Who asks, in the order of the columns; somebody new each time, as some of it ends a session. */
const callers: ((url: string) => Promise<Record<string, string>>)[] = [
  async () => ({}),
  async (url) => ({ ...(await person(url)).headers, Origin: 'https://elsewhere.example' }),
  async () => the().admin,
  async (url) => fromPage(url, null),
  async (url) => (await person(url)).headers,
];

// The hash of “not the password” costs 20 ms; a password that fits nothing is refused sooner, and as well.
const hash = '$argon2id$v=19$m=19456,t=2,p=1$PcdxnsSvt+7+liXtlAv4iw$q3csiDlMn9pQHeVJJC1C9iqz06hr0icL6LzAJyvWCgA';
const person = (url: string) =>
  signedIn(the().spine.people, the().spine.clock.now, url, { role: 'admin', passwordHash: hash });

describe('the table of accounts', () => {
  test('ATK1 has a row for every address, and no other', () => {
    const wanted = the()
      .app.routes.filter(isPersonal)
      .map(({ method, path }) => `${method} ${path}`);
    expect(rows.map(({ route }) => route)).toEqual(wanted);
  });

  test.each(rows)('ATK1, PEO2 holds for each caller: $route', async ({ route, statuses }) => {
    const [method = '', path = ''] = route.split(' ');
    const { url } = the();
    const found: number[] = [];
    for (const headersOf of callers) {
      const body = Buffer.from(JSON.stringify(bodies[route]) ?? '');
      const type = bodies[route] ? { 'Content-Type': 'application/json', 'Content-Length': String(body.length) } : {};
      const headers = { ...type, ...(await headersOf(url)), ...(method === 'PATCH' ? { 'If-Match': '"1"' } : {}) };
      found.push((await get(url, path.replace(':id', 'none'), headers, method, body)).status);
    }
    expect(found).toEqual(statuses);
  });
});
