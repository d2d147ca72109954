import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { get } from '../http/raw.ts';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { hostPage, shiftsOf } from './host-page.ts';
import { stage, violations } from './support.ts';

const on = stage();
const host = hostPage(on);
const script = () => `<script async src="${on().site.url}/embed.js"></script>`;
const widget = (attributes = '', path = '/gaza') =>
  `<daymark-timeline src="${on().site.url}${path}" ${attributes}><a href="${on().site.url}${path}">Timeline</a></daymark-timeline>`;
const frame = (query = '', attributes = '') =>
  `<iframe title="Timeline" src="${on().site.url}/embed/gaza${query}" width="600" height="400" referrerpolicy="origin" ${attributes}></iframe>`;
const live = (page: Page, at = 0) =>
  page.locator('daymark-timeline').nth(at).locator('[data-connection="live"]').waitFor();

let key: { id: string };

beforeAll(async () => {
  const { publish, timeline, spine } = on();
  for (let at = 0; at < 12; at++)
    await publish({
      headline: `Update ${at}`,
      occurredAt: `2024-02-07T0${at % 10}:0${at % 6}:00+02:00`,
      body: `<p>${'Text. '.repeat(30)}</p>`,
    });
  key = await publish({ headline: 'A key development', key: true, occurredAt: '2024-02-07T12:00:00+02:00' });
  const sections = [{ heading: null, points: [{ text: 'They talked.', updates: [key.id] }] }];
  expectOk(await spine.desk.summarise(admin, 'gaza', 124, 0, { sections }));
  await timeline({ slug: 'arabic', language: 'ar', title: 'الحرب على قطاع غزة', subject: 'الحرب على قطاع غزة' });
  await publish({ headline: 'تطور', body: '<p>نص.</p>', language: 'ar' }, 'arabic');
});

beforeEach(() => {
  on().complaints.length = 0;
});

describe('on another site, under a strict policy', () => {
  test('EMB3 three widgets and a frame show what they are asked for, over one connection, and shift nothing', async () => {
    const { publish, complaints, site } = on();
    const page = await host().show(
      `${script()}${widget('limit="5"')}${widget('key')}${widget('day="124" summary')}<p id="after">after</p>${frame()}`,
    );
    const sockets: string[] = [];
    const loaded: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    page.on('request', (request) => loaded.push(request.url()));
    await page.reload({ waitUntil: 'domcontentloaded' });
    for (const at of [0, 1, 2]) await live(page, at);
    await page.frameLocator('iframe').locator('[data-connection="live"]').waitFor();
    const widgets = page.locator('daymark-timeline');
    expect(await widgets.nth(0).locator('article').count()).toBe(5);
    expect(await widgets.nth(1).locator('article').allInnerTexts()).toEqual([
      expect.stringContaining('A key development'),
    ]);
    expect(await widgets.nth(2).locator('main').innerText()).toContain('They talked.');
    expect(await page.frameLocator('iframe').locator('article').count()).toBe(13);

    const update = await publish({ headline: 'Happening now', key: true });
    for (const at of [0, 1])
      await widgets.nth(at).locator(`#u-${update.id}, [data-new-updates] button`).first().waitFor();
    await page.frameLocator('iframe').locator(`#u-${update.id}`).waitFor({ state: 'attached' });
    expect(sockets.length).toBe(2);
    expect(await shiftsOf(page)).toBeLessThan(0.001);
    expect(await page.context().cookies()).toEqual([]);
    expect(loaded.filter((url) => !url.startsWith(site.url) && !url.startsWith(host().url))).toEqual([]);
    // A window of this browser in which nothing of ours ever ran.
    expect(
      await page.evaluate(() => {
        const bare = document.createElement('iframe');
        document.body.append(bare);
        const usual = new Set(Object.getOwnPropertyNames(bare.contentWindow));
        return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/^(\d+|shifted)$/.test(name));
      }),
    ).toEqual([]);
    expect(complaints.filter((text) => !text.startsWith('asked '))).toEqual([]);
  });

  test('EMB3 widgets of several timelines share the connection too', async () => {
    const sockets: string[] = [];
    const page = await host().show('');
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await host().reshow(page, `${script()}${widget('limit="3"')}${widget('', '/arabic')}${widget('key')}`);
    for (const at of [0, 1, 2]) await live(page, at);
    expect(sockets).toHaveLength(1);
    const update = await on().publish({ headline: 'خبر', language: 'ar' }, 'arabic');
    await page.locator(`daymark-timeline #u-${update.id}`).waitFor();
  });

  test('EMB3 twenty insertions move nothing of the page around', async () => {
    await on().timeline({ slug: 'busy' });
    await on().publish({ headline: 'The first' }, 'busy');
    const page = await host().show(`${script()}${widget('limit="8"', '/busy')}<p id="after">after</p>`);
    await live(page);
    const below = () => page.locator('#after').evaluate((element) => element.getBoundingClientRect().top);
    const before = await below();
    for (let at = 0; at < 20; at++) {
      const body = `<p>${'Text. '.repeat(1 + ((at * 37) % 80))}</p>`;
      const occurredAt = `2024-02-07T23:${10 + at}:00+02:00`;
      const update = await on().publish({ headline: `Insertion ${at}`, body, occurredAt }, 'busy');
      await page.locator(`daymark-timeline #u-${update.id}`).waitFor();
    }
    expect(await below()).toBe(before);
    expect(await shiftsOf(page)).toBeLessThan(0.01);
  });

  test('EMB4 a correction and a takedown reach what is open, and links lead to our pages', async () => {
    const { publish, spine, site } = on();
    const update = await publish({ headline: 'To be corrected', occurredAt: '2024-02-07T20:00:00+02:00' });
    const page = await host().show(`${script()}${widget('limit="3"')}${frame(`?update=${update.id}`)}`);
    await live(page);
    const shown = page.locator(`daymark-timeline #u-${update.id}`);
    const framed = page.frameLocator('iframe').locator(`#u-${update.id}`);
    await framed.waitFor();
    expect(await shown.locator('.when').getAttribute('href')).toBe(site.url + update.url);
    expectOk(await spine.desk.revise(admin, 'gaza', update.id, 1, { correction: 'It was at noon.' }));
    await shown.getByText('It was at noon.').waitFor();
    await framed.getByText('It was at noon.').waitFor();
    expectOk(await spine.desk.remove(admin, 'gaza', update.id, 'legal'));
    await shown.waitFor({ state: 'detached' });
    await framed.waitFor({ state: 'detached' });
    await waitFor(async () => (await page.locator('daymark-timeline article').count()) === 3, 'another in its place');
  });

  test('EMB5 while somebody reads further down, what is new is held back, counted, and shown when asked for', async () => {
    const { publish } = on();
    const page = await host().show(`${script()}${widget()}`);
    await live(page);
    const box = page.locator('daymark-timeline .scroll');
    await box.evaluate((element) => element.scrollTo(0, 600));
    const top = await box.evaluate(({ scrollTop }) => scrollTop);
    const update = await publish({ headline: 'While reading', occurredAt: '2024-02-07T21:00:00+02:00' });
    const button = page.locator('daymark-timeline [data-new-updates] button');
    await button.waitFor();
    expect(await button.innerText()).toBe('1 new update');
    expect(await box.evaluate(({ scrollTop }) => scrollTop)).toBe(top);
    expect(await shiftsOf(page)).toBeLessThan(0.001);
    await button.click();
    await page.locator(`daymark-timeline #u-${update.id}`).waitFor();
    expect(await box.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    expect(await button.count()).toBe(0);
  });

  test('EMB6 offline it says so, and afterwards it is complete', async () => {
    const { publish } = on();
    const page = await host().show(`${script()}${widget('limit="4"')}`);
    await live(page);
    await page.context().setOffline(true);
    await page.locator('daymark-timeline [data-connection="offline"]').waitFor();
    const update = await publish({ headline: 'While away', occurredAt: '2024-02-07T22:00:00+02:00' });
    await page.context().setOffline(false);
    await live(page);
    await page.locator(`daymark-timeline #u-${update.id}`).waitFor();
  });

  test('EMB7 nothing is loaded but the script until a widget comes near; what the host wrote into it stays', async () => {
    const page = await host().show(`<div class="far"></div>${script()}${widget()}`);
    await page.waitForFunction(() => customElements.get('daymark-timeline') !== undefined);
    const loaded = (): Promise<string[]> =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    expect((await loaded()).filter((path) => path !== '/style.css')).toEqual(['/embed.js']);
    expect(await page.getByText('Timeline', { exact: true }).count()).toBe(1);
    const { headers, body } = await get(on().site.url, '/embed.js', { 'Accept-Encoding': 'gzip' });
    expect([headers['content-encoding'], body.length < 3_000]).toEqual(['gzip', true]);
    await page.locator('daymark-timeline').scrollIntoViewIfNeeded();
    await live(page);
  });

  test('EMB14 every script that a widget loads is checked against the hash in the one that the page has pinned', async () => {
    const page = await host().show(`${script()}${widget('lang="ar"')}`);
    await live(page);
    const { fetched, checked } = await page.evaluate(() => ({
      fetched: performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      checked: [...document.querySelectorAll<HTMLScriptElement>('script[type=module]')]
        .filter(({ integrity }) => integrity.startsWith('sha384-'))
        .map(({ src }) => new URL(src).pathname),
    }));
    const scripts = fetched.filter((path) => path.startsWith('/assets/') && path.endsWith('.js'));
    expect(new Set(scripts)).toEqual(new Set(checked));
    expect(scripts.some((path) => path.startsWith('/assets/ar-'))).toBe(true);
  });

  test.each(['embed-widget', 'summary', 'en', 'plural'])(
    'EMB14 where %s is not what was pinned nothing of it runs, and what the host wrote stays',
    async (name) => {
      const page = await host().show('');
      await page.route(`**/assets/${name}-*.js`, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: `globalThis.isTampered = true;${await answer.text()}` });
      });
      // It is told of whichever comes first: this one, or one that imports it.
      const told = page.waitForEvent('console', (message) => message.text().includes('is not what it should be'));
      await host().reshow(page, `${script()}${widget()}`);
      await told;
      expect(await page.evaluate(() => 'isTampered' in globalThis)).toBe(false);
      expect(await page.getByText('Timeline', { exact: true }).isVisible()).toBe(true);
      expect(await page.locator('daymark-timeline').evaluate(({ shadowRoot }) => shadowRoot)).toBeNull();
    },
  );

  test('EMB8 a timeline that is not there leaves what the host wrote, and tells', async () => {
    const page = await host().show(`${script()}${widget('', '/nowhere')}`);
    const told = page.evaluate(
      () => new Promise((resolve) => addEventListener('daymark:error', () => resolve(true), { once: true })),
    );
    await page
      .locator('daymark-timeline')
      .evaluate((element) => element.setAttribute('src', element.getAttribute('src') ?? ''));
    await Promise.race([told, page.waitForTimeout(2_000)]);
    expect(await page.getByText('Timeline', { exact: true }).isVisible()).toBe(true);
  });

  test('EMB9 a frame tells its height to the page around it alone, also when sandboxed, and the script obeys no other', async () => {
    const sandbox = 'sandbox="allow-scripts allow-popups"';
    const page = await host().show(
      `${script()}${frame('?limit=2')}${frame(`?update=${key.id}`, sandbox)}<iframe name="foreign" title="foreign" width="300" height="50"></iframe>`,
    );
    const heightOf = (at: number) => page.locator('iframe').nth(at).getAttribute('height').then(Number);
    await waitFor(async () => (await heightOf(0)) !== 400 && (await heightOf(1)) !== 400, 'the heights');
    const inside = await page.frames()[2]?.evaluate(() => document.documentElement.offsetHeight);
    expect(Math.abs((await heightOf(1)) - (inside ?? 0))).toBeLessThan(2);
    await page.frameLocator('iframe >> nth=1').locator('[data-connection="live"]').waitFor();
    const before = [await heightOf(0), await heightOf(1)];
    await page.evaluate(() => window.postMessage({ daymarkHeight: 9_999 }, '*'));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect([await heightOf(0), await heightOf(1), await heightOf(2)]).toEqual([...before, 50]);
  });

  test('EMB9 a frame that has told its height before the script was there tells it again', async () => {
    const page = await host().show(frame('?limit=2'));
    const inside = page.frameLocator('iframe');
    await inside.locator('[data-connection="live"]').waitFor();
    const before = await page.locator('iframe').getAttribute('height');
    await page.evaluate(
      (src) => document.body.append(Object.assign(document.createElement('script'), { src })),
      `${on().site.url}/embed.js`,
    );
    await waitFor(async () => (await page.locator('iframe').getAttribute('height')) !== before, 'the height');
  });
});

describe('by itself', () => {
  test.each(['/embed/gaza', '/embed/gaza?key=1', '/embed/gaza?summary=1&theme=dark', '/embed/arabic?theme=light'])(
    'EMB10 %s reads without scripts, on a phone too, and axe finds nothing wrong',
    async (path) => {
      const page = await on().open(path, { javaScriptEnabled: false, viewport: { width: 280, height: 700 } });
      const text = await page.locator('main').innerText();
      expect(text.length).toBeGreaterThan(5);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(280);
      const checked = await on().open(path, { bypassCSP: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        await checked.emulateMedia({ colorScheme });
        const found = await violations(checked);
        expect(found.filter((what) => !/^(page-has-heading-one|landmark-|region)/.test(what))).toEqual([]);
      }
    },
  );

  test('EMB10 right to left where the language is', async () => {
    const page = await host().show(`${script()}${widget('', '/arabic')}`, { viewport: { width: 390, height: 800 } });
    await live(page);
    const box = page.locator('daymark-timeline .scroll');
    expect([await box.getAttribute('dir'), await box.getAttribute('lang')]).toEqual(['rtl', 'ar']);
    expect(await box.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });
});
