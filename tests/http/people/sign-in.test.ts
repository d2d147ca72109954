import { describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { site } from '../support.ts';
import { Browser, password } from './support.ts';

const the = site({ trustedProxies: 1 });
const hours = 3_600_000;

const browser = (address?: string) => new Browser(the(), address);

describe('signing in', () => {
  test('PEO11 gives a cookie of its own each time, for HTTP alone, that no foreign page carries; only its hash is kept', async () => {
    const jane = browser();
    const { email } = await jane.join('jane-cookie');
    const before = jane.cookies.get('daymark');
    await jane.signIn(email).expect(201);
    const token = jane.cookies.get('daymark') ?? '';
    expect(token).not.toBe(before);
    expect(jane.set[0]).toMatch(/^daymark=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    const { people } = the().spine;
    expect(JSON.stringify([await people.sessions(), await people.accounts()])).not.toContain(token);
  });

  test('PEO6 answers an unknown address, a wrong password and somebody who is shut out alike', async () => {
    const boss = browser();
    await boss.join('boss-alike');
    const out = await browser().join('out-alike', { role: 'reporter' });
    await boss.ask('patch', `/people/${out.id}`, { disabled: true }, { 'If-Match': '"1"' }).expect(200);
    const answers = [
      await browser().signIn('nobody@example.org').expect(401),
      await browser()
        .ask('post', '/session', { email: 'boss-alike@example.org', password: 'something else' })
        .expect(401),
      await browser().signIn(out.email).expect(401),
    ];
    const [first] = answers;
    for (const { body, headers } of answers) {
      expect(body).toEqual(first?.body);
      expect(body.code).toBe('wrong-credentials');
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  test('PEO7 who guesses is refused, a colleague at the same address and the owner’s own browser are not', async () => {
    const owner = browser('192.0.2.10');
    const { email } = await owner.join('owner');
    const colleague = await browser('192.0.2.11').join('colleague');
    await owner.ask('delete', '/session').expect(204);
    const guesser = browser('198.51.100.1');
    const guess = () => guesser.ask('post', '/session', { email, password: 'a guess at it' });
    for (let i = 0; i < 10; i++) await guess().expect(401);
    const refused = await guess().expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    await guesser.signIn(email).expect(429);
    // Another account from there, and this account from a browser that knows it.
    await browser('198.51.100.1').signIn(colleague.email).expect(201);
    await owner.signIn(email).expect(201);
    the().spine.clock.ms += 15 * 60_000;
    await guesser.signIn(email).expect(201);
  });

  test('PEO7 an account is not guessed from everywhere at once, and a burst gets no more than its budget', async () => {
    const owner = browser('192.0.2.20');
    const { email } = await owner.join('spread');
    await owner.ask('delete', '/session').expect(204);
    const { people, clock } = the().spine;
    for (let i = 0; i < 100; i++)
      await people.takeAttempt(
        [{ name: `account ${await hashOf(email)}`, most: 1_000, windowMs: 60 * 60_000 }],
        clock.ms,
      );
    await browser('203.0.113.7').signIn(email).expect(429);
    await owner.signIn(email).expect(201);
    const burst = await Promise.all(
      Array.from({ length: 15 }, () =>
        browser('203.0.113.8').ask('post', '/session', { email: 'x@example.org', password: 'guess it' }),
      ),
    );
    expect(burst.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(burst.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  test('PEO8 a session ends for idleness, at its time, from another one, and everywhere', async () => {
    const { clock } = the().spine;
    const [desk, phone] = [browser(), browser('192.0.2.2')];
    const { email } = await desk.join('everywhere');
    await phone.signIn(email).expect(201);
    const { body } = await desk.ask('get', '/account/sessions').expect(200);
    expect(body.sessions).toHaveLength(2);
    const other = body.sessions.find(({ current }: { current: boolean }) => !current);
    expect(other).toMatchObject({ address: '192.0.2.2', device: 'A browser' });
    await desk.ask('delete', `/account/sessions/${other.id}`).expect(204);
    await phone.ask('get', '/account').expect(401);

    await phone.signIn(email).expect(201);
    clock.ms += 15 * hours;
    await desk.ask('get', '/account').expect(200);
    clock.ms += 2 * hours;
    await desk.ask('get', '/account').expect(200);
    await phone.ask('get', '/account').expect(401);
    for (let day = 0; day < 13; day++) {
      clock.ms += 12 * hours;
      await desk.ask('get', '/session').expect(200);
    }
    await desk.ask('get', '/account').expect(401);

    await desk.signIn(email).expect(201);
    await phone.signIn(email).expect(201);
    await desk.ask('delete', '/account/sessions').expect(204);
    expect(desk.cookies.has('daymark')).toBe(false);
    await phone.ask('get', '/account').expect(401);
  });

  test('PEO10 a second factor is asked for after the password; each code is good once, each recovery code too', async () => {
    const { clock } = the().spine;
    const [desk, phone] = [browser(), browser()];
    const { email } = await desk.join('second');
    await phone.signIn(email).expect(201);
    await desk.ask('post', '/account/second-factor', { password: 'not this one' }).expect(422);
    const { body: begun } = await desk.ask('post', '/account/second-factor', { password }).expect(200);
    const totp = new TOTP({ secret: begun.secret });
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Daymark:second%40example.org\?.*secret=/);
    const code = () => totp.generate({ timestamp: clock.ms });
    await desk.ask('post', '/account/second-factor/confirm', { code: '000000' }).expect(422);
    await browser().signIn(email).expect(201);
    const { body: on } = await desk.ask('post', '/account/second-factor/confirm', { code: code() }).expect(200);
    expect(new Set(on.recoveryCodes).size).toBe(10);
    // All other sessions have ended.
    await phone.ask('get', '/account').expect(401);

    const wanted = await phone.signIn(email).expect(401);
    expect(wanted.body.code).toBe('second-factor-wanted');
    expect((await phone.signIn(email, { code: code() }).expect(401)).body.code).toBe('wrong-code');
    clock.ms += 30_000;
    const once = code();
    const both = await Promise.all([phone.signIn(email, { code: once }), browser().signIn(email, { code: once })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
    const [recovery = ''] = on.recoveryCodes as string[];
    await browser().signIn(email, { code: recovery.toUpperCase() }).expect(201);
    await browser().signIn(email, { code: recovery }).expect(401);
    expect((await desk.ask('get', '/account').expect(200)).body.recoveryCodes).toBe(9);
    const kept = JSON.stringify(await the().spine.people.accounts());
    for (const one of on.recoveryCodes) expect(kept).not.toContain(one);
    await desk.ask('delete', '/account/second-factor', { password }).expect(204);
    await browser().signIn(email).expect(201);
  });

  test('PEO13 the password is asked for again, and counted; a new one ends all other sessions', async () => {
    const [desk, phone] = [browser(), browser()];
    const { email } = await desk.join('changer');
    await phone.signIn(email).expect(201);
    const change = (current: string, next: string) => desk.ask('post', '/account/password', { current, next });
    const refused = await change('not this one', 'another set of words').expect(422);
    expect(refused.body.errors).toEqual([{ path: '/current', message: 'is not your password' }]);
    await change(password, 'another set of words').expect(204);
    await phone.ask('get', '/account').expect(401);
    await desk.ask('get', '/account').expect(200);
    await browser().signIn(email).expect(401);
    await browser().ask('post', '/session', { email, password: 'another set of words' }).expect(201);
    for (let i = 0; i < 10; i++) await change('not this one', 'x');
    await change('another set of words', 'yet another set of words').expect(429);
  });
});

async function hashOf(text: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(text).digest('hex');
}
