import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { picture } from '../media/laden-images.ts';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Line, openLine } from './line.ts';
import { isLive, stage, violations } from './support.ts';

const on = stage();
let line: Line;
beforeAll(async () => {
  line = await openLine(on().site.url);
});
afterAll(() => line.close());

const withCopies = { serviceWorkers: 'allow' } as const;
const sign = '[data-connection]';

/** A timeline with something on two days, read on a device that keeps copies. */
async function reader(slug: string, language = 'en') {
  const { timeline, publish, open } = on();
  await timeline({ slug, language });
  const before = await publish({ occurredAt: '2024-02-06T12:00:00+02:00', headline: 'The day before' }, slug);
  const place = { name: 'Rafah', latitude: 31.29, longitude: 34.25 };
  const update = await publish({ headline: 'Read online', place }, slug);
  const page = await open(`${line.url}/${slug}/day/124`, withCopies);
  await kept(page, `/${slug}/day/124`);
  return { slug, page, before, update };
}

/** What is kept on the device: addresses and texts. */
const copies = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const cache = await caches.open('daymark-pages');
    const entries = (await cache.keys()).map(async ({ url }) => {
      const { pathname, search } = new URL(url);
      return [pathname + search, await (await cache.match(url))?.text()] as [string, string];
    });
    return Object.fromEntries(await Promise.all(entries));
  });

const kept = (page: Page, address: string): Promise<unknown> =>
  waitFor(async () => address in (await copies(page)), `a copy of ${address}`);

async function withoutNetwork(deed: () => Promise<void>): Promise<void> {
  line.cut();
  try {
    await deed();
  } finally {
    line.mend();
  }
}

describe('pages that were read', () => {
  test('OFF1, OFF2 are read without a network, say of when they are, and are live again with it', async () => {
    const { slug, page } = await reader('read');
    const paths = ['days', 'popular', 'day/124/map'].map((path) => `/${slug}/${path}`);
    for (const path of paths) {
      await page.goto(line.url + path);
      await kept(page, path);
    }
    await withoutNetwork(async () => {
      for (const path of paths) {
        await page.goto(line.url + path);
        expect(await page.locator(sign).innerText()).toMatch(/^Copy of \d+ \w+ \d{4}, \d\d:\d\d$/);
      }
      await page.goto(`${line.url}/${slug}/day/124`);
      await page.waitForSelector('text=Read online');
      await page.waitForSelector('[data-connection="offline"]');
      expect(await page.locator(sign).innerText()).toMatch(/^Copy of \d+ \w+ \d{4}, \d\d:\d\d$/);
      expect(await violations(page)).toEqual([]);
      await on().publish({ headline: 'Meanwhile' }, slug);
    });
    await isLive(page);
    await page.waitForSelector('text=Meanwhile');
    expect(await page.locator(sign).innerText()).toBe('Live');
    expect(await page.locator('html').getAttribute('data-copy')).toBeNull();
  });

  test('OFF2 say so in the language of the page', async () => {
    const { page } = await reader('read-ar', 'ar');
    await withoutNetwork(async () => {
      await page.reload();
      expect(await page.locator(sign).innerText()).toMatch(/^نسخة بتاريخ \d+ \S+ \d{4}/);
    });
  });

  test('OFF1 are sixty at the most, none older than a week', async () => {
    const { slug, page } = await reader('many');
    await page.evaluate(async () => {
      const cache = await caches.open('daymark-pages');
      const put = (address: string, daysAgo: number) => {
        const headers = { 'Daymark-Copied': String(Date.now() - daysAgo * 86_400_000), 'Content-Type': 'text/html' };
        return cache.put(address, new Response('<!doctype html><html lang="en">Old', { headers }));
      };
      for (let day = 1; day <= 70; day++) await put(`/many/day/${day}`, day / 20);
      await put('/many/day/71', 8);
    });
    await withoutNetwork(async () => {
      await page.goto(`${line.url}/many/day/71`);
      await page.waitForSelector('text=No connection');
    });
    await page.goto(`${line.url}/${slug}/key`);
    await waitFor(async () => Object.keys(await copies(page)).length === 60, 'sixty copies');
    const left = Object.keys(await copies(page));
    expect(left).toContain('/many/key');
    expect(left).toContain('/many/day/58');
    expect(left).not.toContain('/many/day/70');
  });
});

describe('a copy', () => {
  test('OFF3 of what is taken down goes while a page is open, and what is corrected is fetched anew', async () => {
    const { slug, page, update, before } = await reader('taken');
    for (const address of [update.url, before.url, `/${slug}/day/123`]) {
      await page.goto(line.url + address);
      await isLive(page);
      await kept(page, address);
    }
    expectOk(await on().spine.desk.remove(admin, slug, update.id, 'legal'));
    expectOk(await on().spine.desk.revise(admin, slug, before.id, 1, { headline: 'Put right', correction: 'A name.' }));
    await waitFor(async () => !JSON.stringify(await copies(page)).includes('Read online'), 'the copies to go');
    await waitFor(async () => !JSON.stringify(await copies(page)).includes('The day before'), 'the correction');
    const left = await copies(page);
    expect(left[before.url]).toContain('Put right');
    expect(left[update.url]).toBeUndefined();
  });

  test('OFF3 of what was taken down while nobody looked goes when the timeline is opened again', async () => {
    const { slug, page, update } = await reader('away');
    await page.goto('about:blank');
    expectOk(await on().spine.desk.remove(admin, slug, update.id, 'legal'));
    await page.goto(`${line.url}/${slug}/day/123`);
    await waitFor(async () => !JSON.stringify(await copies(page)).includes('Read online'), 'the copy to go');
  });

  test('OFF4 is made of readers’ pages alone', async () => {
    const { slug, page } = await reader('alone');
    for (const path of [`/${slug}/search?q=x`, `/embed/${slug}`, '/newsroom', '/docs/api', `/api/v1/timelines/${slug}`])
      await page.goto(line.url + path);
    await page.goto(`${line.url}/${slug}/corrections?utm_source=x`);
    await kept(page, `/${slug}/corrections`);
    expect(Object.keys(await copies(page)).sort()).toEqual([`/${slug}/corrections`, `/${slug}/day/124`]);
    await withoutNetwork(async () => {
      await expect(page.goto(`${line.url}/newsroom`)).rejects.toThrow();
    });
  });

  test('OFF5 that there is not: the page says so and lists those that there are', async () => {
    const { slug, page } = await reader('none');
    await withoutNetwork(async () => {
      await page.goto(`${line.url}/${slug}/day/7`);
      expect(await page.locator('h1').innerText()).toBe('No connection');
      expect(await page.locator('.kept li').innerText()).toMatch(/^124th day of .*\nCopy of /);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violations(page)).toEqual([]);
      await page.click('.kept a');
      await page.waitForSelector('text=Read online');
    });
  });
});

test('OFF7 a timeline can be installed as an app', async () => {
  const { page, slug } = await reader('app');
  const session = await page.context().newCDPSession(page);
  const { url, errors, data } = await session.send('Page.getAppManifest');
  expect([url, errors]).toEqual([`${line.url}/${slug}/manifest.webmanifest`, []]);
  expect(JSON.parse(data ?? '')).toMatchObject({
    start_url: `/${slug}`,
    display: 'standalone',
    dir: 'ltr',
    lang: 'en',
  });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // Each test has a private window, in which nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

describe('what a reader’s device asks for', () => {
  test.each([
    ['the server', true],
    ['style sheets alone', false],
  ])(
    'OFF8 whoever saves data gets images when he taps their place, and not before: said to %s',
    async (_, inHeader) => {
      const { spine, publish, open } = on();
      const { image } = expectOk(await spine.library.add(admin, 'gaza', await picture(1_600, 1_000).jpeg().toBuffer()));
      const images = [{ id: image.id, alt: 'A street' }];
      const { url } = await publish({ images });
      const page = await open('about:blank', inHeader ? { extraHTTPHeaders: { 'Save-Data': 'on' } } : {});
      const session = await page.context().newCDPSession(page);
      const features = [{ name: 'prefers-reduced-data', value: 'reduce' }];
      if (!inHeader) await session.send('Emulation.setEmulatedMedia', { features });
      const asked: string[] = [];
      page.on('request', (request) => request.url().includes('/media/') && asked.push(request.url()));
      await page.goto(`${on().site.url}/gaza/day/124`);
      await isLive(page);
      const live = await publish({ images, headline: 'While it is open' });
      await page.waitForSelector(`#u-${live.id} a.image >> text=A street`);
      expect(await page.locator('picture').count()).toBe(0);
      expect(asked).toEqual([]);
      await page.click(`#u-${live.id} a.image`);
      await page.waitForFunction(() => document.querySelector<HTMLImageElement>('figure img')?.naturalWidth);
      expect(asked).toHaveLength(1);
      expect(await page.locator('figure img').getAttribute('alt')).toBe('A street');

      await page.goto(on().site.url + url);
      await page.waitForSelector('article a.image >> text=A street');
      expect(asked).toHaveLength(1);
    },
  );

  test('OFF9 nothing moves by itself for whoever wants less motion', async () => {
    const { open, publish } = on();
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const page = await open('/gaza/day/124', { reducedMotion });
      await isLive(page);
      const { id } = await publish({});
      if (reducedMotion === 'reduce') await page.locator('[data-new-updates] button').click();
      await page.waitForSelector(`#u-${id}`);
      const moving = await page.evaluate(() => document.getAnimations().length);
      expect(moving > 0).toBe(reducedMotion === 'no-preference');
    }
  });
});
