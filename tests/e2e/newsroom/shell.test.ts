import { expect, test } from '@jest/globals';
import { signedIn } from '../../support/people.ts';
import { stage } from '../support.ts';

const on = stage();

test('ROOM3 a page loads when it is opened, an address without one says so, and nothing is asked of others', async () => {
  const { site, spine } = on();
  const { token } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'reporter' });
  const page = await on().open('/newsroom');
  // Nobody is signed in: there is one page for that.
  await page.waitForSelector('h1:text-is("Sign in")');
  await page.context().addCookies([{ name: 'daymark', value: token, url: site.url }]);
  await page.goto(`${site.url}/newsroom`);
  await page.waitForSelector('.card');
  expect(await page.textContent('.card h2')).toBe('War on the Gaza Strip');
  expect(await page.locator('nav >> text=People').count()).toBe(0);
  await page.goto(`${site.url}/newsroom/no/such/page`);
  await page.waitForSelector('text=There is no page at this address');
  await page.click('text=To the timelines');
  await page.waitForSelector('.card');
  expect(await page.title()).toBe('Timelines · Daymark');
  expect(on().complaints).toEqual([]);
});
