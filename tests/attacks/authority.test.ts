import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { get } from '../http/raw.ts';
import { site } from '../http/support.ts';
import { admin, expectOk, gaza } from '../support/spine.ts';
import { type Asking, casesFor } from './authority-cases.ts';
import { type Caller, type CallerName, callerNames, makeCallers, makePeople } from './callers.ts';

const the = site();
let callers: Record<CallerName, Caller>;
let people: Record<CallerName, Caller>;

beforeAll(async () => {
  expectOk(await the().spine.desk.createTimeline(admin, { ...gaza, slug: 'kyiv', timeZone: 'Europe/Kyiv' }));
  expectOk(await the().spine.desk.reviseTimeline(admin, 'gaza', 1, { replies: 'moderated' }));
  callers = await makeCallers(the());
  people = await makePeople(the());
});

/** The rows of docs/authority.md: what is asked for, and the status that each caller gets. */
const [ofTokens = ''] = readFileSync('docs/authority.md', 'utf8').split('\n## ');
const rows = [...ofTokens.matchAll(/^\| `(\w+ [^`]+)` \|([^|]*)\|(.*)\|$/gm)].map(
  ([, route = '', what = '', cells = '']) => ({
    route,
    what: what.trim(),
    statuses: cells.split('|').map((cell) => Number(cell.trim())),
  }),
);

async function statusOf(caller: Caller, route: string, what: string): Promise<number> {
  const [method = ''] = route.split(' ');
  const asking = await casesFor(the().app.routes).get(route)?.[what]?.(the(), caller);
  if (!asking) throw new Error(`docs/authority.md has a row that is no case: ${route}, ${what}`);
  if (asking.path.endsWith('/stream')) return statusOfStream(`${the().url}${asking.path}`, caller);
  return send(method, asking, caller);
}

async function send(method: string, { path, headers, body }: Asking, caller: Caller): Promise<number> {
  const sent = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  const type = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(sent.length) };
  return (await get(the().url, path, { ...type, ...caller.headers, ...headers }, method, sent)).status;
}

async function statusOfStream(address: string, { headers }: Caller): Promise<number> {
  const leaving = new AbortController();
  const { status } = await fetch(address, { headers, signal: leaving.signal });
  leaving.abort();
  return status;
}

describe('the table of who may do what', () => {
  test('ATK1 has a row for every address and every kind of object, and no other', () => {
    const wanted = [...casesFor(the().app.routes)].flatMap(([route, asked]) =>
      Object.keys(asked).map((what) => `${route} ${what}`),
    );
    expect(rows.map(({ route, what }) => `${route} ${what}`)).toEqual(wanted);
    for (const { statuses } of rows) expect(statuses).toHaveLength(callerNames.length);
  });

  test.each(rows)(
    'ATK1, AUTH10, AUTH11, AUTH12 holds for each caller: $route $what',
    async ({ route, what, statuses }) => {
      const found: [string, number][] = [];
      for (const name of callerNames) found.push([name, await statusOf(callers[name], route, what)]);
      expect(found).toEqual(callerNames.map((name, column) => [name, statuses[column]]));
    },
  );

  test.each(rows)(
    'ATK1, PEO1 holds for people with a session as for tokens of their role: $route $what',
    async ({ route, what, statuses }) => {
      const found: [string, number][] = [];
      for (const name of callerNames) found.push([name, await statusOf(people[name], route, what)]);
      expect(found).toEqual(callerNames.map((name, column) => [name, statuses[column]]));
    },
  );

  test('ATK1 a refused caller has changed nothing', async () => {
    const refused = rows.flatMap(({ route, what, statuses }) =>
      callerNames
        .filter((_, column) => [401, 403, 404].includes(statuses[column] ?? 0) && !route.startsWith('GET'))
        .map((name) => ({ route, what, name })),
    );
    expect(refused.length).toBeGreaterThan(50);
    for (const { route, what, name } of refused) {
      const asking = await casesFor(the().app.routes).get(route)?.[what]?.(the(), callers[name]);
      if (!asking) throw new Error(what);
      const before = await everything();
      await send(route.split(' ')[0] ?? '', asking, callers[name]);
      expect([route, what, name, await everything()]).toEqual([route, what, name, before]);
    }
  }, 300_000);
});

async function everything(): Promise<unknown> {
  const { store } = the().spine;
  const positions = await Promise.all(
    (['gaza', 'kyiv'] as const).map(async (slug) => (await store.timeline(slug))?.position),
  );
  const timelines = the().spine.live.timelines().length;
  const { people: staff } = the().spine;
  const accounts = JSON.stringify([await staff.accounts(), await staff.invitations(), await staff.rules()]);
  return { positions, timelines, tokens: (await store.tokens()).length, accounts };
}
