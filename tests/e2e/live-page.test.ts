import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { isLive, stage, violations } from './support.ts';

const on = stage();
const notice = '[data-new-updates]';

/** A timeline of its own with a day that is longer than a screen. */
async function longDay(slug: string, count = 12) {
  const { timeline, publish, open } = on();
  await timeline({ slug });
  const body = `<p>${'What is known so far about it. '.repeat(15)}</p>`;
  const updates = [];
  for (let i = 0; i < count; i++) {
    const occurredAt = `2024-02-07T${String(8 + i).padStart(2, '0')}:00:00+02:00`;
    updates.push(await publish({ occurredAt, headline: `Development ${i}`, body }, slug));
  }
  const page = await open(`/${slug}/day/124`);
  await isLive(page);
  return { page, slug, updates, body };
}

const topOf = (page: Page, id: string): Promise<number> =>
  page.locator(`#u-${id}`).evaluate((element) => element.getBoundingClientRect().top);

const readDown = async (page: Page, id: string): Promise<void> => {
  await page
    .locator(`#u-${id}`)
    .evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 100));
  await page.waitForFunction(() => scrollY > 200);
};

describe('a day’s page that is open', () => {
  test('PAGE20 a new update appears at once where the reader has the top of the page before him', async () => {
    const { page, slug } = await longDay('at-top');
    const update = await on().publish({ headline: 'Just in' }, slug);
    await page.waitForSelector(`#u-${update.id}`);
    expect(await page.locator('article h3').first().innerText()).toBe('Development 11');
    expect(await page.locator(notice).isVisible()).toBe(false);
    expect(await page.title()).not.toMatch(/^\(/);
  });

  test('PAGE21 further down it is held back behind a notice that counts and moves nothing; pressing shows it', async () => {
    const { page, slug, updates } = await longDay('further-down');
    const read = updates[4]?.id ?? '';
    await readDown(page, read);
    const before = await topOf(page, read);
    const late = { occurredAt: '2024-02-07T21:00:00+02:00' };
    await on().publish({ ...late, headline: 'First' }, slug);
    const last = await on().publish({ ...late, headline: 'Second' }, slug);
    await page.waitForSelector(`${notice} >> text=2 new updates`);
    expect(await topOf(page, read)).toBe(before);
    expect(await page.locator('text=Second').count()).toBe(0);
    expect(await page.title()).toMatch(/^\(2\) 124th day/);
    expect(await page.locator(notice).getAttribute('role')).toBe('status');

    await page.click(notice);
    await page.waitForSelector(`#u-${last.id}`);
    expect(await page.locator('article h3').allInnerTexts()).toEqual(expect.arrayContaining(['Second', 'First']));
    const top = await topOf(page, last.id);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(300);
    expect(await page.locator(notice).isVisible()).toBe(false);
    expect(await page.title()).toMatch(/^124th day/);
  });

  test('PAGE22 coming back to the top shows what was held back', async () => {
    const { page, slug, updates } = await longDay('back-to-top');
    await readDown(page, updates[2]?.id ?? '');
    const late = await on().publish({ occurredAt: '2024-02-07T22:00:00+02:00' }, slug);
    await page.waitForSelector(`${notice} button`);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForSelector(`#u-${late.id}`);
    expect(await page.locator(notice).isVisible()).toBe(false);
  });

  test('PAGE22 a page that nobody looks at holds everything back until somebody does', async () => {
    const { page, slug } = await longDay('hidden');
    const show = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    const update = await on().publish({}, slug);
    await page.waitForSelector(`${notice} button`);
    expect(await page.locator(`#u-${update.id}`).count()).toBe(0);
    await show('visible');
    await page.waitForSelector(`#u-${update.id}`);
  });

  test('PAGE23 edits, corrections and retractions are replaced in place, and what is being read stays where it is', async () => {
    const { page, slug, updates, body } = await longDay('edits');
    const { desk } = on().spine;
    const [read, above] = [updates[3]?.id ?? '', updates[9]?.id ?? ''];
    await readDown(page, read);
    const before = await topOf(page, read);

    expectOk(await desk.revise(admin, slug, above, 1, { headline: 'Worded anew', body: body.repeat(4) }));
    await page.waitForSelector('text=Worded anew');
    expect(await topOf(page, read)).toBeCloseTo(before, 0);
    expectOk(await desk.revise(admin, slug, above, 2, { body: '', correction: 'It was Tuesday.' }));
    await page.waitForSelector('text=It was Tuesday.');
    expect(await topOf(page, read)).toBeCloseTo(before, 0);
    expectOk(await desk.revise(admin, slug, above, 3, { status: 'retracted', reason: 'The source withdrew it.' }));
    await page.waitForSelector('article.retracted del >> text=Worded anew');
    await page.waitForSelector('text=The source withdrew it.');
    expect(await topOf(page, read)).toBeCloseTo(before, 0);
    expect(await page.locator('article').count()).toBe(updates.length);
  });

  test('PAGE23 a takedown leaves the open page at once, and nothing of it stays', async () => {
    const { page, slug, updates } = await longDay('takedown');
    const [read, gone] = [updates[3]?.id ?? '', updates[8]?.id ?? ''];
    await readDown(page, read);
    const before = await topOf(page, read);
    expectOk(await on().spine.desk.remove(admin, slug, gone, 'legal'));
    await waitFor(async () => (await page.locator(`#u-${gone}`).count()) === 0, 'the update to go');
    expect(await topOf(page, read)).toBeCloseTo(before, 0);
    expect(await page.content()).not.toContain('Development 8');
  });

  test('PAGE24 an update that is moved to another day leaves the page, and one that is moved here enters it', async () => {
    const { page, slug, updates } = await longDay('moves', 3);
    const { desk } = on().spine;
    const moved = updates[1]?.id ?? '';
    expectOk(await desk.revise(admin, slug, moved, 1, { occurredAt: '2024-02-06T10:00:00+02:00' }));
    await waitFor(async () => (await page.locator(`#u-${moved}`).count()) === 0, 'the update to leave');
    expectOk(await desk.revise(admin, slug, moved, 2, { occurredAt: '2024-02-07T09:30:00+02:00' }));
    await page.waitForSelector(`#u-${moved}`);
    expect(await page.locator('article h3').allInnerTexts()).toEqual([
      'Development 2',
      'Development 1',
      'Development 0',
    ]);
  });

  test('PAGE25 what is held back is shown as it stands when it is shown', async () => {
    const { page, slug, updates } = await longDay('while-held');
    const { desk } = on().spine;
    await readDown(page, updates[2]?.id ?? '');
    const late = { occurredAt: '2024-02-07T22:00:00+02:00' };
    const kept = await on().publish({ ...late, headline: 'Wrong words' }, slug);
    const removed = await on().publish({ ...late, headline: 'Taken down' }, slug);
    await page.waitForSelector(`${notice} >> text=2 new updates`);
    expectOk(await desk.revise(admin, slug, kept.id, 1, { headline: 'Right words' }));
    expectOk(await desk.remove(admin, slug, removed.id, 'legal'));
    await page.waitForSelector(`${notice} >> text=1 new update`);
    await page.click(notice);
    expect(await page.locator(`#u-${kept.id} h3`).innerText()).toBe('Right words');
    expect(await page.content()).not.toContain('Taken down');
  });

  test('PAGE26 an automatic summary follows its key developments; an editor’s replaces it and tells what changed behind it', async () => {
    const { page, slug, updates } = await longDay('summaries', 3);
    const { desk } = on().spine;
    const [first, second] = [updates[0]?.id ?? '', updates[1]?.id ?? ''];
    expectOk(await desk.revise(admin, slug, first, 1, { key: true }));
    await page.waitForSelector('#summary li >> text=Development 0');
    expectOk(await desk.revise(admin, slug, first, 2, { key: false }));
    await waitFor(async () => (await page.locator('#summary').count()) === 0, 'the summary to go');

    const sections = [{ heading: 'Diplomacy', points: [{ text: 'They talked.', updates: [second] }] }];
    expectOk(await desk.summarise(admin, slug, 124, 0, { sections }));
    await page.waitForSelector('#summary >> text=They talked.');
    expect(await page.locator('#summary a.cite').getAttribute('href')).toBe(`#u-${second}`);
    expectOk(await desk.remove(admin, slug, second, 'legal'));
    await page.waitForSelector('#summary >> text=An update behind this point has changed');
  });

  test('PAGE27 what is published on another day is told with a link to it', async () => {
    const { page, slug } = await longDay('elsewhere', 1);
    await on().publish({ occurredAt: '2024-02-08T10:00:00+02:00' }, slug);
    const link = page.locator('[data-elsewhere] a');
    await link.waitFor();
    expect(await link.innerText()).toBe('Updates on other days: 125th day');
    expect(await link.getAttribute('href')).toBe(`/${slug}/day/125`);
    await page.click('[data-elsewhere] button');
    expect(await link.count()).toBe(0);
  });

  test('PAGE30 changes are told politely, in one region, counted together', async () => {
    const { page, slug, updates } = await longDay('announced', 3);
    const { desk } = on().spine;
    expectOk(await desk.revise(admin, slug, updates[0]?.id ?? '', 1, { correction: 'A name.', headline: 'A' }));
    expectOk(await desk.revise(admin, slug, updates[1]?.id ?? '', 1, { correction: 'A place.', headline: 'B' }));
    expectOk(await desk.remove(admin, slug, updates[2]?.id ?? '', 'legal'));
    const region = page.locator('[data-announcement]');
    await waitFor(async () => (await region.textContent()) !== '', 'the announcement');
    expect(await region.getAttribute('role')).toBe('status');
    expect(await region.textContent()).toBe('2 updates were corrected and An update was removed');
  });
});

describe('the page and its connection', () => {
  test('PAGE29 the state of the connection is shown in words, offline with the time since when', async () => {
    const { page } = await longDay('states', 1);
    const sign = page.locator('[data-connection]');
    expect(await sign.innerText()).toBe('Live');
    await page.context().setOffline(true);
    await page.waitForSelector('[data-connection="offline"]');
    expect(await sign.innerText()).toMatch(/^Offline since \d\d:\d\d$/);
    await page.context().setOffline(false);
    await isLive(page);
  });

  test('PAGE29 what happened while a page was offline reaches it afterwards, each change once', async () => {
    const { page, slug, updates } = await longDay('nap', 2);
    await page.context().setOffline(true);
    await page.waitForSelector('[data-connection="offline"]');
    const missed = await on().publish({ headline: 'Missed' }, slug);
    expectOk(await on().spine.desk.remove(admin, slug, updates[0]?.id ?? '', 'legal'));
    await page.context().setOffline(false);
    await page.waitForSelector(`#u-${missed.id}`);
    await waitFor(async () => (await page.locator('article').count()) === 2, 'the takedown');
  });

  test('PAGE31 where the log can’t be continued the page is fetched again, and what is being read stays where it is', async () => {
    const { slug, updates } = await longDay('another-epoch');
    const { open, publish, site } = on();
    const page = await open('/', {});
    // The document that the browser gets is one of an older log; what it fetches afterwards is not.
    let stale = true;
    await page.route(`${site.url}/${slug}/day/124`, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const body = stale ? text.replace(/data-position="[^"]*"/, 'data-position="older:3"') : text;
      stale = false;
      await route.fulfill({ response, body });
    });
    await page.route('**/assets/reader-*.js', async (route) => {
      await readDown(page, updates[3]?.id ?? '');
      await publish({ occurredAt: '2024-02-07T22:00:00+02:00', headline: 'Of the new log' }, slug);
      await route.continue();
    });
    await page.goto(`${site.url}/${slug}/day/124`);
    await page.waitForSelector('text=Of the new log');
    expect(await topOf(page, updates[3]?.id ?? '')).toBeCloseTo(100, -1);
    expect(await page.locator('html').getAttribute('data-position')).not.toContain('older');
    await isLive(page);
    await page.waitForSelector(`${notice} >> text=1 new update`);
  });

  test('PAGE31 a page that waits for its turn to be fetched again goes on showing what comes', async () => {
    const { page, slug } = await longDay('waiting');
    // All pages that hear the same spread out by chance: this one’s turn is a minute away.
    await page.evaluate(() => {
      Math.random = () => 60;
    });
    expectOk(await on().spine.desk.reviseTimeline(admin, slug, 1, { description: 'Another.' }));
    const update = await on().publish({ headline: 'Just in' }, slug);
    await page.waitForSelector(`#u-${update.id}`);
    expect(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))).not.toContain(
      page.url(),
    );
  });

  test('PAGE28 when the conflict’s day turns over, an open page says so with a link', async () => {
    const { timeline, open, spine } = on();
    await timeline({ slug: 'turnover' });
    const page = await open('/');
    await page.clock.install({ time: spine.clock.ms });
    await page.goto(`${on().site.url}/turnover`);
    await isLive(page);
    spine.clock.ms += 86_400_000;
    try {
      await waitFor(async () => {
        await page.clock.fastForward(6 * 3_600_000);
        return page.locator('[data-elsewhere] a').isVisible();
      }, 'the new day');
      expect(await page.locator('[data-elsewhere] a').innerText()).toBe('A new day has begun: the 1145th day.');
    } finally {
      spine.clock.ms -= 86_400_000;
    }
  });

  test('PAGE15 axe finds nothing wrong with notices, an offline sign and fresh updates on the page', async () => {
    const { slug, updates } = await longDay('with-notices');
    const page = await on().open(`/${slug}/day/124`, { bypassCSP: true, viewport: { width: 390, height: 800 } });
    await isLive(page);
    await on().publish({ occurredAt: '2024-02-07T21:00:00+02:00' }, slug);
    await page.waitForSelector('article.fresh');
    await readDown(page, updates[3]?.id ?? '');
    await on().publish({ occurredAt: '2024-02-07T22:00:00+02:00' }, slug);
    await on().publish({ occurredAt: '2024-02-09T22:00:00+02:00' }, slug);
    await page.waitForSelector(`${notice} button`);
    await page.waitForSelector('[data-elsewhere] a');
    await page.context().setOffline(true);
    await page.waitForSelector('[data-connection="offline"]');
    expect(await violations(page)).toEqual([]);
  });
});
