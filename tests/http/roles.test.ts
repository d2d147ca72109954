import { describe, expect, test } from '@jest/globals';
import { development, gaza } from '../support/spine.ts';
import { adminToken, api, site } from './support.ts';

const the = site();
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Headers = Record<string, string>;

/** Addresses that take credentials. What each role may do with them says docs/authority.md, and tests/attacks holds it. */
const addresses: [Method, string, object | undefined][] = [
  ['post', '/timelines/gaza/updates', development()],
  ['patch', '/timelines/gaza/updates/x', { headline: 'New' }],
  ['delete', '/timelines/gaza/updates/x', { reason: 'x' }],
  ['put', '/timelines/gaza/days/3/summary', { sections: [] }],
  ['patch', '/timelines/gaza', { title: 'War on the Gaza Strip' }],
  ['post', '/timelines', { ...gaza, slug: 'new' }],
  ['post', '/tokens', { name: 'x', role: 'reporter' }],
  ['get', '/tokens', undefined],
  ['delete', '/tokens/none', undefined],
];

const publish = async (by: Headers, slug = 'gaza'): Promise<void> => {
  await the().request.post(`${api}/${slug}/updates`).set(by).send(development()).expect(201);
};

describe('the door for staff', () => {
  test.each(addresses)('AUTH10 %s %s takes credentials that are known', async (method, path, body) => {
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
    const summary = the().request.put(`${api}/gaza/days/1/summary`).set(by).set('Content-Type', 'text/plain');
    expect((await summary.send('x').expect(403)).body.code).toBe('forbidden');
    await the().request.post(`${api}/gaza/updates`).set('Content-Type', 'text/plain').send('x').expect(401);
  });

  test('AUTH11 an unknown timeline is 404 to staff', async () => {
    const staff = the().admin;
    await the().request.post(`${api}/nowhere/updates`).set(staff).send(development()).expect(404);
    await the().request.patch(`${api}/nowhere`).set(staff).set('If-Match', '"1"').send({ title: 'x' }).expect(404);
    const rows = the().request.post(`${api}/nowhere/import`).set(staff).set('Content-Type', 'application/x-ndjson');
    await rows.send('').expect(404);
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
