import { expect, test } from '@jest/globals';
import { admin, expectOk } from '../support/spine.ts';
import { isLive, stage } from './support.ts';

const on = stage();

test('OWN2 one tap shows all times in the reader’s own zone, live ones too, and the next page remembers', async () => {
  const { open, publish } = on();
  const first = await publish({ occurredAt: '2024-02-07T18:20:00+02:00', headline: 'In Gaza' });
  const page = await open('/gaza/day/124', { timezoneId: 'Asia/Tokyo' });
  await isLive(page);
  const time = page.locator(`#u-${first.id} .when`);
  expect(await time.innerText()).toBe('18:20');
  await page.getByRole('button', { name: 'Show in my time' }).click();
  await page.getByText('All times: Tokyo, GMT+9').waitFor();
  expect(await time.innerText()).toBe('8 February 2024, 01:20');
  const live = await publish({ occurredAt: '2024-02-07T10:00:00+02:00', headline: 'Live' });
  expect(await page.locator(`#u-${live.id} .when`).innerText()).toBe('17:00');
  await page.reload();
  await page.getByText('All times: Tokyo, GMT+9').waitFor();
  await page.getByRole('button', { name: 'Show in the conflict’s time' }).click();
  await page.getByText('All times: Gaza, GMT+2').waitFor();
});

test.each([
  ['Asia/Gaza', 'gaza'],
  ['Europe/Kyiv', 'kyiv'], // the browser says Europe/Kiev
])('OWN2 a reader who lives by the conflict’s clock is offered no other: %s', async (timeZone, slug) => {
  const { open, timeline } = on();
  if (slug !== 'gaza') await timeline({ slug, timeZone });
  const page = await open(`/${slug}/day/124`, { timezoneId: timeZone });
  await isLive(page);
  expect(await page.getByRole('button', { name: 'Show in my time' }).isVisible()).toBe(false);
});

test('OWN4 who comes back is told what he missed, and led to the first unread', async () => {
  const { open, publish, site } = on();
  const page = await open('/gaza/day/124');
  await isLive(page);
  const seen = await page.evaluate(() => {
    dispatchEvent(new Event('pagehide'));
    return localStorage.getItem('daymark:seen:gaza') ?? '';
  });
  await page.goto('about:blank');
  await publish({ occurredAt: '2024-02-07T09:00:00+02:00', headline: 'Missed first' });
  await publish({ occurredAt: '2024-02-07T09:30:00+02:00', headline: 'Missed second', key: true });
  await publish({ occurredAt: '2024-02-08', headline: 'Missed on another day', key: true });
  await publish({ occurredAt: '2024-02-09', headline: 'On a day without a summary' });
  const hourAgo = JSON.stringify({ ...JSON.parse(seen), at: new Date(Date.now() - 3_600_000).toISOString() });
  await page.goto(`${site.url}/gaza/days`);
  await page.evaluate((text) => localStorage.setItem('daymark:seen:gaza', text), hourAgo);
  await page.goto(`${site.url}/gaza/day/124`);
  const told = page.locator('[data-missed]');
  await told.getByText('4 updates since').waitFor();
  expect(await told.innerText()).toContain('2 key developments');
  const summary = told.getByRole('link', { name: '125th day' });
  expect(await summary.getAttribute('href')).toBe(`${site.url}/gaza/day/125#summary`);
  const other = told.getByRole('link', { name: '126th day' });
  expect(await other.getAttribute('href')).toBe(`${site.url}/gaza/day/126`);
  expect(await page.locator('article .new').count()).toBe(2);
  await told.getByRole('button', { name: 'First unread' }).click();
  expect(await page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent)).toBe('Missed first');
  expect(await told.innerText()).toBe('');
  await page.goto(`${site.url}/gaza/day/126`);
  // He is told once, but sees what is new on all days that he visits from there.
  await page.locator('article .new').waitFor();
  expect(await told.innerText()).toBe('');
});

test('OWN4 the first unread is gone to where it is on another day, and “yesterday” is said', async () => {
  const { open, publish, site } = on();
  const page = await open('/gaza/day/124', { timezoneId: 'Asia/Gaza' });
  const position = await page.locator('html').getAttribute('data-position');
  const { id } = await publish({ occurredAt: '2024-01-05', headline: 'Long before' });
  await page.goto(`${site.url}/gaza/days`);
  const [today] = new Date().toISOString().split('T');
  const at = new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString();
  await page.clock.setFixedTime(`${today}T12:00:00Z`);
  await page.evaluate(
    (seen) => localStorage.setItem('daymark:seen:gaza', seen),
    JSON.stringify({ position, at, changed: '' }),
  );
  await page.goto(`${site.url}/gaza/day/124`);
  await page.getByText(/^1 update since yesterday 1[45]:00$/).waitFor();
  await page.getByRole('link', { name: 'First unread' }).click();
  await page.locator(`#u-${id} .new`).waitFor();
  expect(page.url()).toBe(`${site.url}/gaza/day/91#u-${id}`);
});

test('FIND4 a link to a place where an update is no more leads to its own page', async () => {
  const { open, site, spine, publish } = on();
  const { id } = await publish({ occurredAt: '2024-01-06', headline: 'Moves' });
  const { revision } = await publish({ occurredAt: '2024-01-06', headline: 'Stays' });
  expectOk(await spine.desk.revise(admin, 'gaza', id, revision, { occurredAt: '2024-01-07' }));
  const page = await open(`/gaza/day/92#u-${id}`);
  await page.waitForURL(`${site.url}/gaza/updates/${id}`);
  expect(await page.textContent('h1')).toBe('Moves');
});

test('OWN1 a language that was chosen comes back with the next visit, and stays on ways that come to the open page', async () => {
  const { open, publish, site } = on();
  const page = await open('/gaza/day/124');
  await page.getByRole('link', { name: 'français' }).click();
  await page.waitForURL(/lang=fr/);
  await page.goto(`${site.url}/gaza/day/124`);
  await page.waitForURL(/lang=fr/);
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await isLive(page);
  const { id } = await publish({ occurredAt: '2024-02-07T23:00:00+02:00', headline: 'Comes live' });
  await page.click(`#u-${id} .when`);
  await page.waitForURL(`${site.url}/gaza/updates/${id}?lang=fr`);
});

test('OWN3 a page says how long ago it last changed, and a change brings that up to now', async () => {
  const { open, publish, spine } = on();
  spine.clock.ms = Date.now() - 5 * 60_000;
  await publish({ occurredAt: '2024-02-07T08:00:00+02:00', headline: 'Five minutes old' });
  const page = await open('/gaza/day/124');
  await isLive(page);
  await page.getByText('Last change 5 minutes ago').waitFor();
  spine.clock.ms = Date.now() - 61_000;
  await publish({ occurredAt: '2024-02-07T08:05:00+02:00', headline: 'Just now' });
  await page.getByText('Last change 1 minute ago').waitFor();
});

test('OWN7 the address of a page is copied where the device can’t share it', async () => {
  const page = await on().open('/gaza/day/124?lang=en', { permissions: ['clipboard-read', 'clipboard-write'] });
  await isLive(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('Link copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/gaza\/day\/124$/);
});

test('OWN8 on paper stand the text, its times and where its links lead, black on white; nothing that only a screen can do', async () => {
  const { open, publish } = on();
  const { url } = await publish({
    occurredAt: '2024-02-07T18:20:00+02:00',
    headline: 'Printed',
    body: '<p>On paper.</p>',
    sources: [{ name: 'A source', url: 'https://example.org/report' }],
  });
  for (const path of ['/gaza/day/124', url]) {
    const page = await open(path, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.evaluate(
      '(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))',
    );
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    const words = await page.locator('body').innerText();
    for (const there of ['Printed', 'On paper.', '18:20', 'All times: Gaza, GMT+2']) expect(words).toContain(there);
    expect(words).not.toMatch(/\bago\b|live now|Offline/);
    const target = page.locator('.meta a[href="https://example.org/report"]');
    expect(await target.evaluate((link) => getComputedStyle(link, '::after').content)).toContain(
      'https://example.org/report',
    );
    const controls = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, textarea, select, form, nav, footer')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)
        .map((one) => one.outerHTML.slice(0, 80)),
    );
    expect(controls).toEqual([]);
  }
});
