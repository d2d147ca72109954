import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { setUpPath } from '../../../server/newsroom/people/set-up-link.ts';
import { signedIn } from '../../support/people.ts';
import { silent } from '../../support/spine.ts';
import { looks, stage, violations } from '../support.ts';

const on = stage();
const email = 'jane@example.org';
const password = 'four plain grey words';

const heading = (page: Page, text: string) => page.waitForSelector(`h1:text-is("${text}")`);

/** What axe finds, and whether anything sticks out of the screen. */
async function faultsOf(page: Page): Promise<unknown[]> {
  const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  return [...(await violations(page)), ...(sticksOut ? ['it is wider than the screen'] : [])];
}

async function signIn(page: Page, code?: string): Promise<void> {
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('button:has-text("Sign in")');
  if (code === undefined) return;
  await page.fill('[name=code]', code);
  await page.click('button:has-text("Sign in")');
}

describe('the newsroom, from its first minute on', () => {
  test('PEO3, PEO10, ROOM4 from the set-up link to an account with a second factor, out, and in again with its code', async () => {
    const { spine } = on();
    const { people, clock } = spine;
    const page = await on().open((await setUpPath(people, clock.now, silent)) ?? '');
    await heading(page, 'Set up the newsroom');
    expect(await faultsOf(page)).toEqual([]);
    await page.fill('[name=name]', 'Jane Doe');
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', 'password1');
    await page.click('button:has-text("Make my account")');
    await page.waitForSelector('text=Password is one of those that are tried first');
    expect(await faultsOf(page)).toEqual([]);
    await page.fill('[name=password]', password);
    await page.click('button:has-text("Make my account")');
    await heading(page, 'Timelines');
    expect(await page.textContent('.nav-person strong')).toBe('Jane Doe');

    await page.click('nav >> text=Your account');
    await page.click('text=Set it up');
    await page.fill('dialog [name=password]', password);
    await page.keyboard.press('Enter');
    const secret = ((await page.textContent('.secret')) ?? '').replace(/\s/g, '');
    expect(await faultsOf(page)).toEqual([]);
    const totp = new TOTP({ secret });
    await page.fill('dialog [name=code]', totp.generate({ timestamp: clock.ms }));
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Keep these recovery codes');
    expect(await page.locator('.codes li').count()).toBe(10);
    await page.click('text=I have kept them');
    await page.waitForSelector('h2 .tag.good');
    await page.click('text=Sign out >> nth=0');
    await heading(page, 'Sign in');
    expect(await faultsOf(page)).toEqual([]);

    clock.ms += 30_000;
    await page.goto(`${on().site.url}/newsroom/account`);
    await heading(page, 'Sign in');
    await signIn(page, totp.generate({ timestamp: clock.ms }));
    // Back to where it led to in the first place.
    await heading(page, 'Your account');
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  test('PEO8, ROOM5 a session that ends under somebody’s hands is renewed in place, and nothing typed is lost', async () => {
    const { site, spine } = on();
    const { account, token } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'admin' });
    const page = await on().open('/newsroom/sign-in');
    await page.context().addCookies([{ name: 'daymark', value: token, url: site.url }]);
    await page.goto(`${site.url}/newsroom/people`);
    await heading(page, 'People');
    await page.click('text=Invite somebody');
    await page.fill('dialog [name=name]', 'Somebody with a long name');
    const [before = null] = (await spine.people.sessions()).filter((session) => session.account === account.id);
    await spine.people.commit({ effects: [{ kind: 'session', before, after: null }], audit: [] });
    await page.click('text=Make the link');
    await page.waitForSelector('text=You are signed out');
    expect(await page.inputValue('dialog [name=name]')).toBe('Somebody with a long name');
  });
});

test.each(['people', 'tokens', 'audit', 'account', ''])(
  'ROOM4 axe finds nothing wrong with /newsroom/%s, on a desk and on a phone in the dark',
  async (path) => {
    const { site, spine } = on();
    const { token } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'admin' });
    const page = await on().open('/newsroom/sign-in');
    await page.context().addCookies([{ name: 'daymark', value: token, url: site.url }]);
    await page.goto(`${site.url}/newsroom/${path}`);
    await page.waitForSelector('main h1');
    await page.waitForSelector('.loading', { state: 'detached' });
    for (const look of looks) {
      await look.of(page);
      expect([look.name, await faultsOf(page)]).toEqual([look.name, []]);
    }
  },
);

test('PEO2 a foreign page gets nothing out of a browser that is signed in, and does nothing with it', async () => {
  const { site, spine } = on();
  const { token } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'admin' });
  const foreign = createServer((_req, res) =>
    res.setHeader('Content-Type', 'text/html').end('<!doctype html><title>x</title>'),
  );
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  try {
    const page = await on().open('/newsroom/sign-in');
    await page.context().addCookies([{ name: 'daymark', value: token, url: site.url }]);
    const tokens = (await spine.store.tokens()).length;
    // Another site: `localhost` and `127.0.0.1` are two.
    await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}/`);
    const found = await page.evaluate(async (url) => {
      const tried: Record<string, unknown> = {};
      const ask = (init: RequestInit) =>
        fetch(`${url}/api/v1/tokens`, { credentials: 'include', ...init }).then(
          (r) => r.status,
          (e) => String(e),
        );
      const body = JSON.stringify({ name: 'stolen', role: 'admin' });
      tried['read'] = await ask({});
      tried['read with the header'] = await ask({ headers: { 'Daymark-Newsroom': '1' } });
      tried['write'] = await ask({ method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
      tried['write as a form would'] = await ask({
        method: 'POST',
        body,
        mode: 'no-cors',
        headers: { 'Content-Type': 'text/plain' },
      });
      tried['write with the header'] = await ask({
        method: 'POST',
        body,
        headers: { 'Daymark-Newsroom': '1', 'Content-Type': 'application/json' },
      });
      tried['frame'] = await new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = `${url}/newsroom`;
        frame.onload = () => resolve(frame.contentDocument === null ? 'nothing of it' : 'something');
        document.body.append(frame);
      });
      return tried;
    }, site.url);
    expect(Object.values(found).filter((one) => one === 200 || one === 201)).toEqual([]);
    const form = page.waitForNavigation();
    await page.evaluate((url) => {
      const made = document.createElement('form');
      made.action = `${url}/api/v1/invitations`;
      made.method = 'post';
      document.body.append(made);
      made.submit();
    }, site.url);
    expect((await form)?.status()).toBe(401);
    expect((await spine.store.tokens()).length).toBe(tokens);
    expect(await spine.people.invitations()).toEqual([]);
  } finally {
    foreign.close();
  }
});
