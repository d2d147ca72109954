import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Update } from '../../shared/update.ts';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { isLive, looks, stage, violations } from './support.ts';

const on = stage();
const rafah = { name: 'Rafah', latitude: 31.29, longitude: 34.25 };
const body = `<p>${'What happened is told in some words that fill a line or two of the page. '.repeat(6)}</p>`;

/** A timeline of its own with a day of some updates. */
async function day(slug: string, count: number, more = {}): Promise<Update[]> {
  const { timeline, publish } = on();
  await timeline({ slug, ...more });
  const updates: Update[] = [];
  for (let at = 0; at < count; at++) {
    const minute = String(at).padStart(2, '0');
    updates.push(
      await publish(
        { headline: `Development ${at}`, body, occurredAt: `2024-02-07T10:${minute}:00+02:00`, key: at % 7 === 3 },
        slug,
      ),
    );
  }
  return updates;
}

const late = { occurredAt: '2024-02-07T22:00:00+02:00', body };

/** Sums up what moves without having been asked to; runs in the page before anything of it. */
const watchShifts = `
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ hadRecentInput, value }) => {
    if (!hadRecentInput) window.shift += value;
  })).observe({ type: 'layout-shift', buffered: true });
`;

const shiftOf = async (page: Page): Promise<number> => {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  );
  return (await page.evaluate('window.shift')) as number;
};

/** Nothing slides any more; what is new stays marked for longer. */
const stillAgain = (page: Page) =>
  page.waitForFunction(() => document.getAnimations().every((animation) => animation instanceof CSSAnimation));

describe('what is being read does not move', () => {
  test.each([
    ['a phone, further down', 390, 844, 1_500],
    ['a desk, further down', 1280, 900, 1_500],
    ['a phone, at the top', 390, 844, 0],
    ['a desk, nearly at the top', 1280, 900, 40],
  ])('PAGE33 while ten updates arrive one by one and ten at once, on %s', async (where, width, height, scrolled) => {
    const slug = `still-${where.replace(/\W+/g, '-')}`;
    await day(slug, 12);
    const page = await on().open('/', { viewport: { width, height } });
    await page.addInitScript({ content: watchShifts });
    await page.goto(`${on().site.url}/${slug}/day/124`);
    await isLive(page);
    await page.evaluate(`scrollTo(0, ${scrolled})`);
    const before = await shiftOf(page);
    const arrive = (at: number): Promise<Update> =>
      on().publish({ ...late, headline: `Arrived ${at}`, key: at % 4 === 1 }, slug);
    const stands = (seq: number) => page.waitForSelector(`html[data-position$=":${seq}"]`, { state: 'attached' });
    const updates: Update[] = [];
    for (let at = 0; at < 10; at++) {
      updates.push(await arrive(at));
      await stands(13 + at);
    }
    updates.push(...(await Promise.all(Array.from({ length: 10 }, (_, at) => arrive(10 + at)))));
    await stands(32);
    await stillAgain(page);
    const shown = await Promise.all(updates.map(({ id }) => page.locator(`#u-${id}`).count()));
    expect(shown.filter((count) => count === 1)).toHaveLength(scrolled > 64 ? 0 : 20);
    expect(await page.locator('[data-new-updates] >> text=20 new updates').count()).toBe(scrolled > 64 ? 1 : 0);
    const after = await shiftOf(page);
    expect(after - before).toBeLessThanOrEqual(0.01);
  });
});

test('PAGE38 whoever wants less motion has new updates counted at the top too, and nothing moves until he asks for them', async () => {
  await day('calm', 12);
  const page = await on().open('/', { reducedMotion: 'reduce' });
  await page.addInitScript({ content: watchShifts });
  await page.goto(`${on().site.url}/calm/day/124`);
  await isLive(page);
  const before = await shiftOf(page);
  for (let at = 0; at < 3; at++) await on().publish({ ...late, headline: `Calm ${at}`, key: at === 1 }, 'calm');
  const notice = page.locator('[data-new-updates] button');
  await page.waitForSelector('[data-new-updates] >> text=3 new updates');
  await page.evaluate('scrollTo(0, 30)');
  expect((await shiftOf(page)) - before).toBeLessThanOrEqual(0.01);
  expect(await page.locator('article >> text=Calm').count()).toBe(0);
  await notice.click();
  await page.waitForSelector('article >> text=Calm 2');
  expect(await page.locator('article >> text=Calm').count()).toBe(3);
  expect(await notice.count()).toBe(0);
  expect((await shiftOf(page)) - before).toBeLessThanOrEqual(0.01);
});

describe('what an arrival costs', () => {
  /** Counts what of the list of updates is touched, and how many elements are asked where they stand. */
  const watchWork = `
    window.touched = 0;
    window.measured = 0;
    // When the page was last changed stands in the list too.
    const isListed = ({ target }) => !target.parentElement.closest('[data-changed]') && !target.matches?.('[data-changed]');
    new MutationObserver((records) => (window.touched += records.filter(isListed).length))
      .observe(document.querySelector('#updates'), { subtree: true, childList: true, attributes: true, characterData: true });
    const measure = Element.prototype.getBoundingClientRect;
    Element.prototype.getBoundingClientRect = function () {
      window.measured += 1;
      return measure.call(this);
    };
  `;

  test('PAGE36 what is held back touches nothing of the list and measures nothing; what is shown measures what is near alone', async () => {
    await day('cost', 60);
    const page = await on().open('/cost/day/124');
    await isLive(page);
    await page.evaluate('scrollTo(0, 1500)');
    await page.waitForFunction('scrollY >= 1500');
    await page.evaluate(watchWork);
    // One after the other: of two at the same moment only the server knows the order, and the page would be fetched again.
    const at = (minute: number) => ({ body, occurredAt: `2024-02-07T22:0${minute}:00+02:00` });
    for (let held = 0; held < 5; held++) await on().publish({ ...at(held), headline: `Held ${held}` }, 'cost');
    await page.locator('[data-new-updates] >> text=5 new updates').waitFor();
    expect(await page.evaluate('[touched, measured]')).toEqual([0, 0]);

    await page.evaluate('scrollTo(0, 0)');
    await page.waitForSelector('article >> text=Held 4');
    await stillAgain(page);
    await page.evaluate('measured = 0');
    const { id } = await on().publish({ ...at(5), headline: 'At once' }, 'cost');
    await page.waitForSelector(`#u-${id}`, { state: 'attached' });
    await stillAgain(page);
    const measured = (await page.evaluate('measured')) as number;
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(66);
  });
});

test('PAGE37 a page follows also where the worker that reads the tables of languages does not come', async () => {
  await day('tables', 2);
  const page = await on().open('about:blank');
  const asked: string[] = [];
  await page.route('**/assets/tables-worker-*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${on().site.url}/tables/day/124`);
  await isLive(page);
  expect(asked).toHaveLength(1);
  const { id } = await on().publish({ ...late, headline: 'Comes' }, 'tables');
  await page.waitForSelector(`#u-${id} >> text=22:00`);
});

describe('pages by keyboard and by ear', () => {
  test('PAGE34 everything of a day’s page is reached by keyboard, in the order in which it stands, and shows that it is', async () => {
    const [first] = await day('keyboard', 3);
    const page = await on().open('/keyboard/day/124');
    await isLive(page);
    const seen: { text: string; outlined: boolean; top: number }[] = [];
    for (let at = 0; at < 60; at++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const style = getComputedStyle(element);
        return {
          text: element === document.body ? '' : element.innerText || element.getAttribute('aria-label') || '',
          outlined: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
          top: element.getBoundingClientRect().top + scrollY,
        };
      });
      if (stop.text === '') break;
      seen.push(stop);
    }
    const texts = seen.map(({ text }) => text.trim());
    expect(texts[0]).toBe('Skip to the latest updates');
    for (const wanted of ['Latest', 'All days', 'Key developments', 'Corrections', 'Search', 'Share', '10:02'])
      expect(texts).toContain(wanted);
    expect(seen.filter(({ outlined }) => !outlined)).toEqual([]);
    const tops = seen.slice(1).map(({ top }) => top);
    expect(tops.every((top, at) => at === 0 || top >= (tops[at - 1] ?? 0) - 40)).toBe(true);

    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await on().publish({ ...late, headline: 'Held back' }, 'keyboard');
    const notice = page.locator('[data-new-updates] button');
    await notice.waitFor();
    await notice.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('article >> text=Held back');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Held back');
    expect(first).toBeDefined();
  });

  test('PAGE30 what is new, corrected and removed is said in the accessibility tree, politely', async () => {
    const [corrected, removed] = await day('heard', 3);
    const page = await on().open('about:blank');
    await page.clock.install();
    await page.goto(`${on().site.url}/heard/day/124`);
    await isLive(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    const announced = async (): Promise<string> => {
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      const textOf = (id: string): string => {
        const node = byId.get(id);
        if (!node) return '';
        const own = node.role?.value === 'StaticText' ? String(node.name?.value ?? '') : '';
        return own + (node.childIds ?? []).map(textOf).join('');
      };
      const regions = nodes.filter(
        ({ ignored, properties }) =>
          !ignored && properties?.some(({ name, value }) => name === 'live' && value.value === 'polite'),
      );
      return regions.map(({ nodeId }) => textOf(nodeId)).join(' | ');
    };
    // Announcements keep a distance from one another.
    const hears = (text: RegExp) =>
      waitFor(
        async () => {
          await page.clock.fastForward(1_000);
          return text.test(await announced());
        },
        String(text),
        { withinMs: 12_000, everyMs: 100 },
      );
    await on().publish({ ...late, headline: 'New here' }, 'heard');
    await hears(/A new update/);
    const { desk } = on().spine;
    expectOk(
      await desk.revise(admin, 'heard', corrected?.id ?? '', 1, { correction: 'A name.', headline: 'Right now' }),
    );
    await hears(/An update was corrected/);
    expectOk(await desk.remove(admin, 'heard', removed?.id ?? '', 'legal'));
    await hears(/An update was removed/);
  });
});

describe('an update’s own page', () => {
  test('PAGE35 of another update that is taken down nothing stays, neither beside it nor among what is read most', async () => {
    const [gone, here] = await day('beside', 2);
    const { site, spine } = on();
    await site.request
      .get(gone?.url ?? '')
      .set('User-Agent', 'Mozilla/5.0 (somebody)')
      .expect(200);
    spine.clock.ms += 300_000;
    const page = await on().open(here?.url ?? '');
    await isLive(page);
    expect(await page.locator('.most-read >> text=Development 0').count()).toBe(1);
    expect(await page.locator('.neighbours >> text=Development 0').count()).toBe(1);
    expectOk(await spine.desk.remove(admin, 'beside', gone?.id ?? '', 'legal'));
    await waitFor(async () => !(await page.content()).includes('Development 0'), 'the headline to go');
  });
});

describe.each(['en', 'ar'])('pages in %s', (language) => {
  const slug = `all-${language}`;
  const paths: string[] = [];

  beforeAll(async () => {
    const { publish, spine, site } = on();
    await day(slug, 2, { language, replies: 'moderated' });
    const words = { language, tags: ['topic'] };
    const { url } = await publish(
      { ...words, headline: language === 'ar' ? 'غارة على رفح' : 'Strike on Rafah', place: rafah },
      slug,
    );
    await site.request.get(url).set('User-Agent', 'Mozilla/5.0 (somebody)').expect(200);
    spine.clock.ms += 300_000;
    const word = language === 'ar' ? 'الغارة' : 'strike';
    const faulty = '?q=x&from=2024-03-01&to=2024-02-01';
    paths.push(
      `/${slug}/search`,
      `/${slug}/search?q=${encodeURIComponent(word)}`,
      `/${slug}/search?tag=topic`,
      `/${slug}/search${faulty}`,
      `/${slug}/popular`,
      `/${slug}/day/124/map`,
      `/${slug}/day/124?lite`,
      `${url}?sent=reply`,
      url,
    );
  });

  test('PAGE15 axe finds nothing wrong with search, what is read most, maps, replies and bare text, light and dark', async () => {
    const page = await on().open('/', { bypassCSP: true });
    for (const path of paths) {
      const answer = await page.goto(on().site.url + path);
      expect([path, answer?.status()]).toEqual([path, 200]);
      // Bare text has the browser’s own colours. axe takes any paper that nobody painted for white, also by night.
      if (path.endsWith('?lite')) await page.addStyleTag({ content: ':root { background: Canvas }' });
      for (const look of looks) {
        await look.of(page);
        expect([path, look.name, await violations(page)]).toEqual([path, look.name, []]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    }
  });
});
