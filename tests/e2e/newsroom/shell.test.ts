import { expect, test } from '@jest/globals';
import { stage, violations } from '../support.ts';

const on = stage();

test('ROOM3 a page loads when it is opened, an address without one says so, and nothing is asked of others', async () => {
  const page = await on().open('/newsroom');
  await page.waitForSelector('.card');
  expect(await page.textContent('.card h2')).toBe('War on the Gaza Strip');
  await page.evaluate(() => history.pushState(null, '', '/newsroom'));
  await page.goto(`${on().site.url}/newsroom/no/such/page`);
  await page.waitForSelector('text=There is no page at this address');
  await page.click('text=To the timelines');
  await page.waitForSelector('.card');
  expect(await page.title()).toBe('Timelines · Daymark');
  expect(on().complaints).toEqual([]);
});

test.each([
  ['on a desk', { width: 1280, height: 900 }, 'light' as const],
  ['on a phone in the dark', { width: 390, height: 800 }, 'dark' as const],
])('ROOM3 axe finds nothing wrong with it %s', async (_, viewport, colorScheme) => {
  const page = await on().open('/newsroom', { viewport, colorScheme });
  await page.waitForSelector('.card');
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
