import { describe, expect, test } from '@jest/globals';
import { development } from '../../support/spine.ts';
import { site } from '../support.ts';
import { Browser } from './support.ts';

const the = site();
const browser = () => new Browser(the());
const first = { 'If-Match': '"1"' };

describe('people', () => {
  test('PEO9 a changed role, a limit and being shut out hold from the next request on', async () => {
    const boss = browser();
    await boss.join('boss');
    const nina = browser();
    const { id, email } = await nina.join('nina', { role: 'reporter' });
    const publish = () =>
      nina.ask('post', '/timelines/gaza/updates', development({ headline: 'Pinned', pinned: true }));
    await publish().expect(403);
    await boss.ask('patch', `/people/${id}`, { role: 'editor' }).expect(428);
    await boss.ask('patch', `/people/${id}`, { role: 'editor' }, first).expect(200);
    expect((await boss.ask('patch', `/people/${id}`, { role: 'admin' }, first).expect(412)).body.current).toMatchObject(
      { role: 'editor' },
    );
    await publish().expect(201);
    await boss.ask('patch', `/people/${id}`, { timelines: ['nowhere'] }, { 'If-Match': '"2"' }).expect(422);
    await the()
      .request.post('/api/v1/timelines')
      .set(the().admin)
      .send({ slug: 'kyiv', title: 'K', subject: 'k', dayOne: '2022-02-24', timeZone: 'Europe/Kyiv' })
      .expect(201);
    await boss.ask('patch', `/people/${id}`, { timelines: ['kyiv'] }, { 'If-Match': '"2"' }).expect(200);
    await publish().expect(403);
    await boss.ask('patch', `/people/${id}`, { disabled: true }, { 'If-Match': '"3"' }).expect(200);
    await nina.ask('get', '/account').expect(401);
    await browser().signIn(email).expect(401);
    await boss.ask('patch', `/people/${id}`, { disabled: false }, { 'If-Match': '"4"' }).expect(200);
    await nina.ask('get', '/account').expect(401);
    await nina.signIn(email).expect(201);
    const { body } = await boss.ask('get', '/people').expect(200);
    expect(body.people.map(({ name }: { name: string }) => name)).toEqual(['boss', 'nina']);
    expect(JSON.stringify(body)).not.toContain('argon2');
  });

  test('PEO10 where all must have a second factor, whoever has none can do nothing but set it up', async () => {
    const boss = browser();
    await boss.join('strict');
    const { body: rules, headers } = await boss.ask('get', '/people/rules').expect(200);
    expect(rules).toEqual({ secondFactorRequired: false, revision: 0 });
    const required = { secondFactorRequired: true };
    await boss.ask('patch', '/people/rules', required, { 'If-Match': headers['etag'] ?? '' }).expect(200);
    const refused = await boss.ask('get', '/people').expect(403);
    expect(refused.body.code).toBe('second-factor-missing');
    expect((await boss.ask('get', '/session').expect(200)).body.secondFactorMissing).toBe(true);
    await boss.ask('get', '/account').expect(200);
    // A token is nobody who could have one.
    await the().request.get('/api/v1/people').set(the().admin).expect(200);
    await the()
      .request.patch('/api/v1/people/rules')
      .set(the().admin)
      .set('If-Match', '"1"')
      .send({ secondFactorRequired: false })
      .expect(200);
    await boss.ask('get', '/people').expect(200);
  });

  test('PEO12 the last who can let others in can neither be shut out nor lose the role', async () => {
    const boss = browser();
    const { id } = await boss.join('last');
    const { people, clock } = the().spine;
    for (const account of await people.accounts())
      if (account.id !== id)
        await people.commit({
          effects: [
            { kind: 'account', before: account, after: { ...account, disabledAt: new Date(clock.ms).toISOString() } },
          ],
          audit: [],
        });
    for (const patch of [{ disabled: true }, { role: 'editor' }, { timelines: ['gaza'] }])
      expect((await boss.ask('patch', `/people/${id}`, patch, first).expect(409)).body.code).toBe('last-admin');
    await browser().join('another');
    await boss.ask('patch', `/people/${id}`, { role: 'editor' }, first).expect(200);
  });
});

describe('the cookie', () => {
  test('PEO2 counts beside the newsroom’s own header and from our own origin alone', async () => {
    const jane = browser();
    await jane.join('jane');
    const cookie = `daymark=${jane.cookies.get('daymark')}`;
    const ask = (headers: Record<string, string>) =>
      the()
        .request.get('/api/v1/people')
        .set({ Cookie: cookie, ...headers });
    await ask({}).expect(401);
    await ask({ 'Daymark-Newsroom': '1' }).expect(200);
    await ask({ 'Daymark-Newsroom': '1', 'Sec-Fetch-Site': 'same-origin' }).expect(200);
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ])
      expect((await ask({ 'Daymark-Newsroom': '1', ...headers } as Record<string, string>).expect(403)).body.code).toBe(
        'foreign-request',
      );
    const write = (headers: Record<string, string>) =>
      the()
        .request.post('/api/v1/invitations')
        .set({ Cookie: cookie, ...headers })
        .send({ role: 'admin' });
    await write({ 'Daymark-Newsroom': '1' }).expect(403);
    await write({ Origin: the().url }).expect(401);
    await write({ 'Daymark-Newsroom': '1', Origin: the().url }).expect(201);
    const preflight = await the().request.options('/api/v1/invitations').set({
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'daymark-newsroom',
    });
    expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).not.toContain('daymark-newsroom');
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });
});
