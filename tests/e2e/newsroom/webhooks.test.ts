import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Deliverer } from '../../../server/delivery/deliverer.ts';
import { delivererOn } from '../../delivery/delivery-support.ts';
import { answers, receivers } from '../../delivery/receiver.ts';
import { stage, violations } from '../support.ts';
import { signedInAs } from './staff.ts';

const on = stage();
const receiver = receivers();
let deliverer: Deliverer;
beforeAll(() => {
  deliverer = delivererOn(on().site);
});
afterAll(() => deliverer.stop());

/** Delivers, and lets the page look again. */
async function deliver(page: Page): Promise<void> {
  await deliverer.look();
  await deliverer.settled();
  await page.clock.fastForward(2_000);
}

async function open(slug: string, options: object = {}): Promise<Page> {
  await on().timeline({ slug });
  const signedIn = await signedInAs('editor', on(), { name: 'Jane Doe' });
  const page = await on().open('about:blank', { ...signedIn, ...options });
  await page.clock.install();
  await page.goto(`${on().site.url}/newsroom/${slug}/webhooks`);
  return page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function choose(page: Page, webhook: string, item: string): Promise<void> {
  await press(page, `More about ${webhook}`);
  await page.getByRole('menuitem', { name: item }).click();
}

async function add(page: Page, fields: Record<string, string>, kind = 'A program'): Promise<void> {
  await press(page, 'Add a webhook');
  await page.getByLabel('Who is told').selectOption(kind);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await press(page, 'Add it');
}

/** With the axe of both colour schemes. */
async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
}

describe('the page of webhooks', () => {
  test('HOOK13 one is added with its secret shown once, tried, followed in its log, and sent a change again', async () => {
    const partner = await receiver();
    const page = await open('one');
    await page.waitForSelector('text=Nobody is told yet');
    await add(page, { Address: 'http://user:secret@partner.example/', Name: 'Partner' });
    await page.waitForSelector('text=must be without a user name and a password');
    await clean(page);
    await page.getByLabel('Address', { exact: true }).fill(partner.url);
    await press(page, 'Add it');
    const secret = await page.getByLabel('Secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await press(page, 'Done');
    await page.waitForSelector('text=Nothing sent yet');
    expect(await page.content()).not.toContain(secret);
    await press(page, 'Send a test');
    await page.waitForSelector('text=Partner has taken the test.');
    await on().publish({}, 'one');
    await deliver(page);
    await press(page, 'Deliveries');
    await page.waitForSelector('text=change 1');
    await clean(page);
    await press(page, 'Send again');
    await page.waitForSelector('text=It is sent in a moment.');
    await deliver(page);
    await page.waitForFunction(() => document.querySelectorAll('dialog tbody tr').length === 3);
    expect(partner.messages.map(({ type }) => type)).toEqual(['webhook.test', 'update.published', 'update.published']);
    await press(page, 'Close');
    await choose(page, 'Partner', 'New secret');
    await press(page, 'Make a new secret');
    expect(await page.getByLabel('Secret', { exact: true }).inputValue()).not.toBe(secret);
    await press(page, 'Done');
    await choose(page, 'Partner', 'Delete');
    await press(page, 'Delete it');
    await page.waitForSelector('text=Nobody is told yet');
    expect(on().complaints.filter((line) => !line.includes('422'))).toEqual([]);
  });

  test('HOOK14 one that fails says since when and why, one that is disabled too, and is tried again from here', async () => {
    const partner = await receiver(answers(410));
    const page = await open('two', { viewport: { width: 390, height: 844 } });
    await add(
      page,
      { Server: partner.url.replace('/hook', ''), 'Token of the account': 'x', Name: 'Channel' },
      'Mastodon',
    );
    await page.waitForSelector('text=The next change is sent to it.');
    await on().publish({}, 'two');
    await deliver(page);
    await page.waitForSelector('text=The receiver said that it is gone for good (410).');
    await clean(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    partner.behave = answers(500);
    await press(page, 'Try again');
    await page.waitForSelector('text=Disabled', { state: 'detached' });
    await deliver(page);
    await page.waitForSelector('text=Nothing taken since');
    await page.waitForSelector('text=answered 500');
    partner.behave = answers(200);
    on().spine.clock.ms += 5_000;
    await deliver(page);
    await page.waitForSelector('text=Taken (200)');
    await choose(page, 'Channel', 'Change');
    await page.getByLabel('Of what').selectOption('Summaries alone');
    await press(page, 'Save');
    await page.waitForSelector('.webhook-about:has-text("Summaries alone")');
    await choose(page, 'Channel', 'Disable');
    await page.waitForSelector('text=By Jane Doe.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test('HOOK14 what cannot be read says so, and the way to try again; a reporter is told whom it takes', async () => {
    await on().timeline({ slug: 'three' });
    const page = await on().open('/newsroom', await signedInAs('editor', on()));
    await page.waitForSelector('h1');
    await page.route('**/api/v1/timelines/three/webhooks', (route) => route.abort());
    await page.goto(`${on().site.url}/newsroom/three/webhooks`);
    await page.waitForSelector('text=The server cannot be reached');
    await page.unroute('**/api/v1/timelines/three/webhooks');
    await press(page, 'Try again');
    await page.waitForSelector('text=Nobody is told yet');
    const other = await on().open('/newsroom/three/webhooks', await signedInAs('reporter', on()));
    await other.waitForSelector('text=This takes the role editor');
  });
});
