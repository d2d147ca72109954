import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { adminToken, api, site } from './support.ts';

const the = site();
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Headers = Record<string, string>;

/** What each role is answered. `own`: an update of the asker’s; `other`: of somebody else’s. 403 is all that matters below. */
const matrix: [string, Method, string, object | undefined, Record<'reporter' | 'editor' | 'admin', number>][] = [
  ['publishing', 'post', '/timelines/gaza/updates', development(), { reporter: 201, editor: 201, admin: 201 }],
  [
    'pinning',
    'post',
    '/timelines/gaza/updates',
    development({ pinned: true }),
    { reporter: 403, editor: 201, admin: 201 },
  ],
  [
    'revising own',
    'patch',
    '/timelines/gaza/updates/OWN',
    { headline: 'New' },
    { reporter: 200, editor: 200, admin: 200 },
  ],
  [
    'revising others’',
    'patch',
    '/timelines/gaza/updates/OTHER',
    { headline: 'New' },
    { reporter: 403, editor: 200, admin: 200 },
  ],
  [
    'retracting own',
    'patch',
    '/timelines/gaza/updates/OWN',
    { status: 'retracted', reason: 'x' },
    { reporter: 403, editor: 200, admin: 200 },
  ],
  ['reading a draft', 'get', '/timelines/gaza/updates/DRAFT', undefined, { reporter: 200, editor: 200, admin: 200 }],
  [
    'taking down',
    'delete',
    '/timelines/gaza/updates/OTHER',
    { reason: 'x' },
    { reporter: 403, editor: 204, admin: 204 },
  ],
  [
    'summarising',
    'put',
    '/timelines/gaza/days/3/summary',
    { sections: [] },
    { reporter: 403, editor: 412, admin: 412 },
  ],
  [
    'revising a timeline',
    'patch',
    '/timelines/gaza',
    { title: 'War on the Gaza Strip' },
    { reporter: 403, editor: 403, admin: 200 },
  ],
  ['beginning a timeline', 'post', '/timelines', { ...gaza, slug: 'SLUG' }, { reporter: 403, editor: 403, admin: 201 }],
  [
    'handing out tokens',
    'post',
    '/tokens',
    { name: 'x', role: 'reporter' },
    { reporter: 403, editor: 403, admin: 201 },
  ],
  ['listing tokens', 'get', '/tokens', undefined, { reporter: 403, editor: 403, admin: 200 }],
  ['taking tokens away', 'delete', '/tokens/none', undefined, { reporter: 403, editor: 403, admin: 404 }],
];

beforeAll(async () => {
  expectOk(await the().spine.desk.createTimeline(admin, { ...gaza, slug: 'kyiv', timeZone: 'Europe/Kyiv' }));
});

const publish = async (by: Headers, slug = 'gaza', more: object = {}): Promise<string> => {
  const { body } = await the().request.post(`${api}/${slug}/updates`).set(by).send(development(more)).expect(201);
  return body.id;
};

async function ask(by: Headers, method: Method, path: string, body: object | undefined) {
  const ids: Record<string, () => Promise<string>> = {
    OWN: () => publish(by),
    OTHER: () => publish(the().admin),
    DRAFT: () => publish(the().admin, 'gaza', { status: 'draft' }),
  };
  const last = path.split('/').at(-1) ?? '';
  const address = `/api/v1${path.replace(last, (await ids[last]?.()) ?? last)}`;
  const tag = path.endsWith('summary') ? '"9"' : '"1"';
  return the().request[method](address).set(by).set('If-Match', tag).send(body);
}

const forRole = (body: object | undefined, role: string) =>
  body && 'slug' in body ? { ...body, slug: `of-${role}` } : body;

describe('roles', () => {
  test.each(matrix)('AUTH11 %s asks for its role', async (_what, method, path, body, expected) => {
    for (const role of ['reporter', 'editor', 'admin'] as const) {
      const { status, body: answer } = await ask(await the().as({ role }), method, path, forRole(body, role));
      expect([role, status]).toEqual([role, expected[role]]);
      if (status === 403) expect(answer.code).toBe('forbidden');
    }
  });

  test('AUTH11 an import takes an editor', async () => {
    for (const [role, status] of [
      ['reporter', 403],
      ['editor', 200],
      ['admin', 200],
    ] as const) {
      const by = await the().as({ role });
      await the()
        .request.post(`${api}/gaza/import`)
        .set(by)
        .set('Content-Type', 'application/x-ndjson')
        .send('')
        .expect(status);
    }
  });

  test.each(matrix)('AUTH10 %s takes credentials', async (_what, method, path, body) => {
    if (method === 'get' && path.includes('DRAFT')) return;
    for (const by of [
      {},
      { Authorization: 'Bearer unknown' },
      { Authorization: `Basic ${adminToken}` },
      { Authorization: 'Bearer ' },
    ]) {
      const { status, headers, body: problem } = await the().request[method](`/api/v1${path}`).set(by).send(body);
      expect([status, problem.code]).toEqual([401, 'unauthenticated']);
      expect(headers['www-authenticate']).toMatch(/^Bearer realm="daymark"/);
    }
  });

  test('AUTH11 the role is asked for before the body is looked at', async () => {
    const by = await the().as({ role: 'reporter' });
    await the()
      .request.put(`${api}/gaza/days/1/summary`)
      .set(by)
      .set('Content-Type', 'text/plain')
      .send('x')
      .expect(403);
    await the().request.post(`${api}/gaza/updates`).set('Content-Type', 'text/plain').send('x').expect(401);
  });
});

describe('a role limited to some timelines', () => {
  test.each(['reporter', 'editor', 'admin'] as const)(
    'AUTH12 a %s of one timeline has no say in another',
    async (role) => {
      const by = await the().as({ role, timelines: ['kyiv'] });
      await publish(by, 'kyiv');
      const id = await publish(the().admin);
      const attempts = [
        the().request.post(`${api}/gaza/updates`).set(by).send(development()),
        the().request.patch(`${api}/gaza/updates/${id}`).set(by).set('If-Match', '"1"').send({ headline: 'x' }),
        the().request.delete(`${api}/gaza/updates/${id}`).set(by).send({ reason: 'x' }),
        the().request.put(`${api}/gaza/days/1/summary`).set(by).set('If-Match', '"0"').send({ sections: [] }),
        the().request.patch(`${api}/gaza`).set(by).set('If-Match', '"1"').send({ title: 'x' }),
        the().request.post(`${api}/gaza/import`).set(by).set('Content-Type', 'application/x-ndjson').send(''),
        the()
          .request.get(`${api}/gaza/updates/${await publish(the().admin, 'gaza', { status: 'draft' })}`)
          .set(by),
        the().request.post('/api/v1/tokens').set(by).send({ name: 'x', role: 'admin' }),
        the().request.get('/api/v1/tokens').set(by),
        the()
          .request.post(api)
          .set(by)
          .send({ ...gaza, slug: `limited-${role}` }),
      ];
      for (const { status, body } of await Promise.all(attempts))
        expect([status, body.code]).toEqual([403, 'forbidden']);
    },
  );

  test('AUTH12 an id of another timeline is unknown in this one', async () => {
    const by = await the().as({ role: 'admin' });
    const id = await publish(by, 'kyiv');
    const address = `${api}/gaza/updates/${id}`;
    await the().request.patch(address).set(by).set('If-Match', '"1"').send({ headline: 'x' }).expect(404);
    await the().request.delete(address).set(by).send({ reason: 'x' }).expect(404);
    await the().request.get(address).set(by).expect(404);
    await the().request.get(address).expect(404);
    await the().request.get(`${api}/kyiv/updates/${id}`).expect(200);
  });

  test('AUTH11 an unknown timeline is 404 to staff', async () => {
    await the().request.post(`${api}/nowhere/updates`).set(the().admin).send(development()).expect(404);
    await the()
      .request.patch(`${api}/nowhere`)
      .set(the().admin)
      .set('If-Match', '"1"')
      .send({ title: 'x' })
      .expect(404);
    await the()
      .request.post(`${api}/nowhere/import`)
      .set(the().admin)
      .set('Content-Type', 'application/x-ndjson')
      .send('')
      .expect(404);
  });
});

describe('tokens', () => {
  const tokens = '/api/v1/tokens';

  test('AUTH13 a token is told once, kept as a hash, and ends at once', async () => {
    const made = await the()
      .request.post(tokens)
      .set(the().admin)
      .send({ name: 'Wire', role: 'reporter', timelines: ['gaza', 'gaza'] })
      .expect(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'Wire',
      role: 'reporter',
      timelines: ['gaza'],
      createdAt: expect.any(String),
      token: expect.stringMatching(/^dm_[\w-]{43}$/),
    });
    expect(made.headers).toMatchObject({ location: `${tokens}/${made.body.id}`, 'cache-control': 'private, no-store' });
    const { token, ...shown } = made.body;
    const by = { Authorization: `Bearer ${token}` };
    await publish(by);

    const { body, text } = await the().request.get(tokens).set(the().admin).expect(200);
    expect(body.tokens).toContainEqual(shown);
    expect(text).not.toContain(token);
    expect(text).not.toContain('hash');
    expect(JSON.stringify(await the().spine.store.tokens())).not.toContain(token);

    await the().request.delete(`${tokens}/${shown.id}`).set(the().admin).expect(204);
    await the().request.post(`${api}/gaza/updates`).set(by).send(development()).expect(401);
    await the().request.delete(`${tokens}/${shown.id}`).set(the().admin).expect(404);
  });

  test('AUTH14 what is asked for must make sense', async () => {
    const create = (body: object) => the().request.post(tokens).set(the().admin).send(body);
    expect((await create({ name: 'x', role: 'owner' }).expect(422)).body.errors[0].path).toBe('/role');
    expect(
      (await create({ name: 'x', role: 'editor', timelines: ['gaza', 'nowhere'] }).expect(422)).body.errors[0].path,
    ).toBe('/timelines/1');
    await create({ name: 'x', role: 'editor', timelines: [] }).expect(422);
    await create({ role: 'editor' }).expect(422);
    const all = await create({ name: 'All', role: 'editor' }).expect(201);
    expect(all.body.timelines).toBeNull();
  });

  test('AUTH10 a token is no token with a character more or less', async () => {
    for (const text of [adminToken.slice(0, -1), `${adminToken}x`, adminToken.toUpperCase(), `${adminToken} x`]) {
      await the().request.get(tokens).set('Authorization', `Bearer ${text}`).expect(401);
    }
    await the().request.get(tokens).set('Authorization', `bearer ${adminToken}`).expect(200);
  });
});
