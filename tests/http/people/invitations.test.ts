import { describe, expect, test } from '@jest/globals';
import { invitationsOn, setUpPath } from '../../../server/newsroom/people/set-up-link.ts';
import { admin, silent } from '../../support/spine.ts';
import { site } from '../support.ts';
import { Browser, password } from './support.ts';

const the = site();
const browser = () => new Browser(the());
const tokenOf = (path: string | null): string => path?.split('/').at(-1) ?? '';
const accept = (token: string, more: object = {}) =>
  browser().ask('post', '/invitations/accept', { token, name: 'Nora', email: 'nora@example.org', password, ...more });

describe('links', () => {
  test('PEO3 the first account is made by the set-up link, once; then it leads nowhere, and another start tells none', async () => {
    const { people, clock } = the().spine;
    const earlier = tokenOf(await setUpPath(people, clock.now, silent));
    const path = await setUpPath(people, clock.now, silent);
    expect(path).toMatch(/^\/newsroom\/setup\/[\w-]{43}$/);
    expect((await browser().ask('get', '/session').expect(200)).body).toMatchObject({ person: null, isNew: true });
    const look = await browser()
      .ask('post', '/invitations/look', { token: tokenOf(path) })
      .expect(200);
    expect(look.body).toMatchObject({ kind: 'setup', role: 'admin', timelines: null });
    const first = await Promise.all([accept(tokenOf(path)), accept(earlier, { email: 'other@example.org' })]);
    expect(first.map(({ status }) => status).sort()).toEqual([201, 410]);
    await browser().ask('post', '/invitations/look', { token: earlier }).expect(410);
    expect(await setUpPath(people, clock.now, silent)).toBeNull();
    expect((await browser().ask('get', '/session').expect(200)).body.isNew).toBe(false);
    expect(await people.accounts()).toMatchObject([{ role: 'admin', timelines: null }]);
  });

  test('PEO4 an invitation gives its role and its timelines, once, to one of two', async () => {
    const boss = browser();
    await boss.join('boss');
    const invite = (input: object) => boss.ask('post', '/invitations', input);
    await invite({ role: 'editor', timelines: ['nowhere'] }).expect(422);
    const { body: made } = await invite({ name: 'Ed', role: 'editor', timelines: ['gaza'] }).expect(201);
    const token = tokenOf(made.path);
    expect((await boss.ask('get', '/invitations').expect(200)).body.invitations[0]).toMatchObject({
      name: 'Ed',
      byName: 'boss',
    });
    expect(JSON.stringify(await the().spine.people.invitations())).not.toContain(token);
    const both = await Promise.all([
      accept(token, { email: 'ed@example.org' }),
      accept(token, { email: 'also-ed@example.org' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    const entered = both.find(({ status }) => status === 201);
    expect(entered?.body.person).toMatchObject({ role: 'editor', timelines: ['gaza'] });
    expect((await boss.ask('get', '/invitations').expect(200)).body.invitations).toEqual([]);
  });

  test('PEO4 an invitation that has expired or was withdrawn leads nowhere; an address belongs to one account', async () => {
    const { people, clock } = the().spine;
    const boss = browser();
    const { email } = await boss.join('chief');
    const { body: withdrawn } = await boss.ask('post', '/invitations', { role: 'reporter' }).expect(201);
    await boss.ask('delete', `/invitations/${withdrawn.id}`).expect(204);
    await accept(tokenOf(withdrawn.path)).expect(410);
    const { body: made } = await boss.ask('post', '/invitations', { role: 'reporter', days: 1 }).expect(201);
    const taken = await accept(tokenOf(made.path), { email: email.toUpperCase() }).expect(409);
    expect(taken.body.code).toBe('email-taken');
    clock.ms += 86_400_000;
    await accept(tokenOf(made.path)).expect(410);
    clock.ms -= 86_400_000;
    const recovery = await invitationsOn(people, clock.now).recover(admin);
    expect((await accept(tokenOf(recovery.path), { email: 'rescuer@example.org' }).expect(201)).body.person.role).toBe(
      'admin',
    );
  });

  test('PEO3 a link for a new password takes the second factor away and ends all sessions', async () => {
    const [boss, lost] = [browser(), browser()];
    await boss.join('helper');
    const { id, email } = await lost.join('forgetful', { role: 'reporter' });
    const { body: link } = await boss.ask('post', `/people/${id}/reset`).expect(201);
    const again = browser();
    const body = { token: tokenOf(link.path), password: 'a whole new set of words' };
    expect((await again.ask('post', '/invitations/accept', body).expect(201)).body.person).toMatchObject({
      id,
      role: 'reporter',
    });
    await lost.ask('get', '/account').expect(401);
    await browser().signIn(email).expect(401);
    await browser().ask('post', '/session', { email, password: body.password }).expect(201);
  });

  test.each([
    ['seven', 'sevench'],
    ['common', 'iloveyou'],
    ['common with digits behind it', 'Princess12'],
    ['one character', 'aaaaaaaaaaaa'],
    ['the name', 'nora-nora'],
    ['the address', 'nora@example.org1'],
  ])('PEO5 a password that would be guessed is refused: %s', async (_, weak) => {
    const { people, clock } = the().spine;
    const { path } = await invitationsOn(people, clock.now).create(admin, { role: 'reporter', days: 1 });
    const refused = await accept(tokenOf(path), { password: weak, email: 'nora@example.org' });
    expect([409, 422]).toContain(refused.status);
    const fresh = await accept(tokenOf(path), { password: weak, name: 'Nora', email: 'nora@elsewhere.example' });
    if (weak !== 'nora@example.org1')
      expect(fresh.body).toMatchObject({ code: 'weak-password', errors: [{ path: '/password' }] });
  });

  test('PEO5 any character will do, nothing is cut off, and what is kept is Argon2id', async () => {
    const { people, clock } = the().spine;
    const long = `${'كلمة سر طويلة 🕊 '.repeat(12)}end`;
    const { path } = await invitationsOn(people, clock.now).create(admin, { role: 'reporter', days: 1 });
    const email = 'long@example.org';
    await accept(tokenOf(path), { password: long, email }).expect(201);
    await browser()
      .ask('post', '/session', { email, password: `${long.slice(0, -1)}x` })
      .expect(401);
    await browser().ask('post', '/session', { email, password: long }).expect(201);
    const account = await people.accountByEmail(email);
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
