import { describe, expect, test } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import type { PushNote } from '../../shared/push.ts';
import { waitFor } from '../support/wait-for.ts';
import { stage, violations } from './support.ts';

const on = stage({ whole: true });

/** The browser’s push service can’t be reached from a test: what it would answer stands in for it, and how often it was asked. */
const subscribing = `
  window.asked = 0;
  const request = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { window.asked += 1; return request(); };
  PushManager.prototype.subscribe = async () => ({
    toJSON: () => ({
      endpoint: 'https://192.0.32.8/abc',
      keys: { p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM', auth: 'tBHItJI5svbpez7KI4CCXg' },
    }),
  });`;

async function asking(slug: string, language = 'en', permissions: string[] = ['notifications']): Promise<Page> {
  const { timeline, open, site } = on();
  await timeline({ slug, language });
  const page = await open('about:blank', { serviceWorkers: 'allow', permissions });
  await page.addInitScript(subscribing);
  await page.goto(`${site.url}/${slug}/notifications`);
  return page;
}

/** What the worker’s push service says of this browser. */
const movedTo = (endpoint: string) => `
  PushManager.prototype.permissionState = async () => 'granted';
  PushManager.prototype.getSubscription = async () => ({
    endpoint: '${endpoint}',
    toJSON: () => ({
      endpoint: '${endpoint}',
      keys: { p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM', auth: 'tBHItJI5svbpez7KI4CCXg' },
    }),
  });`;

describe('a subscription that its push service gave another address', () => {
  test('PUSH10 goes on there with the same wishes, once, and is turned off there', async () => {
    const page = await asking('moving');
    await page.check('[name=quiet]');
    await page.click('text=Turn on');
    await page.waitForSelector('text=Notifications are on.');
    const { push } = on().spine;
    const asked = async () => (await push.subscriptions('moving', '0')).found.map(({ subscription }) => subscription);
    const [former] = await asked();
    const endpoint = 'https://192.0.32.8/moved';
    const worker = page.context().serviceWorkers()[0];
    await worker?.evaluate(movedTo(endpoint));
    await worker?.evaluate(
      `self.dispatchEvent(Object.assign(new ExtendableEvent('pushsubscriptionchange'), { waitUntil() {} }))`,
    );
    await waitFor(async () => (await asked()).some((one) => one.endpoint === endpoint), 'the new address');
    await waitFor(async () => (await push.count('moving')) === 1, 'the former to go');
    expect(await asked()).toEqual([{ ...former, endpoint }]);

    // Where the browser does not say so, a page that goes live finds it; the server may have given the browser up by then.
    const other = 'https://192.0.32.8/other';
    await worker?.evaluate(movedTo(other));
    const { found } = await push.subscriptions('moving', '0');
    await push.unsubscribe('moving', found[0]?.id ?? '');
    await page.goto(`${on().site.url}/moving`);
    await waitFor(async () => (await asked()).some((one) => one.endpoint === other), 'what was asked for');

    await page.goto(`${on().site.url}/moving/notifications`);
    await page.click('text=Turn off');
    await page.waitForSelector('text=Notifications are off.');
    expect(await push.count('moving')).toBe(0);
  });
});

describe('the page for notifications', () => {
  test('PUSH8 asks when its button is pressed, says what came of it, and turns them off again', async () => {
    const page = await asking('asking');
    expect(await page.evaluate('window.asked')).toBe(0);
    expect(await page.locator('[name=from]').isVisible()).toBe(false);
    await page.check('[name=quiet]');
    await page.fill('[name=from]', '23:00');
    await page.click('text=Turn on');
    await page.waitForSelector('text=Notifications are on.');
    const { push } = on().spine;
    const { found } = await push.subscriptions('asking', '0');
    expect(found.map(({ subscription }) => subscription)).toEqual([
      expect.objectContaining({ language: 'en', quiet: { from: '23:00', to: '07:00' } }),
    ]);
    await page.reload();
    await page.waitForSelector('text=Notifications are on.');
    expect(await page.inputValue('[name=from]')).toBe('23:00');
    expect(await violations(page)).toEqual([]);
    await page.fill('[name=from]', '21:00');
    await page.click('text=Save');
    await page.waitForSelector('text=Saved. Notifications are on.');
    const [kept] = (await push.subscriptions('asking', '0')).found;
    expect(kept?.subscription.quiet).toEqual({ from: '21:00', to: '07:00' });
    await page.click('text=Turn off');
    await page.waitForSelector('text=Notifications are off.');
    expect(await push.count('asking')).toBe(0);
  });

  test('PUSH8 says in the page’s language where the browser does not allow them', async () => {
    const page = await asking('denied', 'ar', []);
    await page.click('text=تفعيل');
    await page.waitForSelector('text=متصفحك لا يسمح');
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await violations(page)).toEqual([]);
  });
});

/** The worker of a page, to which the test says what its push service would. */
async function worker(page: Page): Promise<(note: PushNote) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let registrationId = '';
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations[0]?.registrationId ?? registrationId;
  });
  await session.send('ServiceWorker.enable');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  await waitFor(() => registrationId !== '', 'the worker');
  const origin = on().site.url;
  return async (note) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(note) });
  };
}

const shown = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ tag, title, silent }) => `${tag} ${title} ${silent}`);
  });

test('PUSH9 a notification is shown once, replaced silently while it is shown, and taken away', async () => {
  const page = await asking('worker');
  const deliver = await worker(page);
  const note = (tag: string, title: string, kind: 'show' | 'again' = 'show'): PushNote => ({
    kind,
    tag,
    title,
    body: 'War on the Gaza Strip',
    url: '/worker',
    icon: '/icon.png',
    language: 'en',
    direction: 'ltr',
  });
  /** A push service may deliver twice, and the browser’s own for tests now and then not at all: said again until it is seen. */
  const toShow = async (said: PushNote, ...expected: string[]) => {
    let last: string[] = [];
    await waitFor(async () => {
      await deliver(said);
      last = (await shown(page)).sort();
      return last.join() === expected.join();
    }, 'the notifications').catch(() => expect(last).toEqual(expected));
  };
  await toShow(note('a', 'Ten'), 'a Ten false');
  await toShow(note('b', 'Other'), 'a Ten false', 'b Other false');
  await deliver(note('c', 'Never shown', 'again'));
  await toShow(note('a', 'Eleven', 'again'), 'a Eleven true', 'b Other false');
  await toShow({ kind: 'gone', tag: 'b' }, 'a Eleven true');
});
