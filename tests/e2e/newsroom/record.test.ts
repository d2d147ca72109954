import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { editor, expectOk } from '../../support/spine.ts';
import { looks, stage, violations } from '../support.ts';
import { signedInAs } from './staff.ts';

const on = stage();
let slug = '';
let count = 0;

const publish = (headline: string, more: object = {}) => on().publish({ headline, body: '', ...more }, slug);
const open = async (): Promise<Page> => {
  const page = await on().open(`/newsroom/${slug}/updates`, await signedInAs('admin', on()));
  // The first page of a suite waits for the whole application.
  await page.waitForSelector('.record-table tbody tr, .state h2', { timeout: 45_000 });
  return page;
};
const headlines = (page: Page) => page.locator('.record-table tbody th').allInnerTexts();

beforeEach(async () => {
  slug = `record-${++count}`;
  await on().timeline({ slug });
});

describe('the table of all updates', () => {
  test('BACK8 finds by words and filters, which stand in the address, and says so where nothing fits', async () => {
    await publish('Dam breaks', { tags: ['floods'] });
    await publish('Talks begin', { verification: 'confirmed' });
    const page = await open();
    await page.getByLabel('Words').fill('talks');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=1 updates');
    expect((await headlines(page)).map((one) => one.trim())).toEqual(['Talks begin']);
    expect(page.url()).toContain('q=talks');
    await page.goto(`${on().site.url}/newsroom/${slug}/updates?tag=nothing`);
    await page.waitForSelector('text=Nothing fits');
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.waitForSelector('text=2 updates');
  });

  test('BACK9 many are selected by keyboard and tagged at once; what one is refused is said', async () => {
    const one = await publish('One');
    await publish('Two');
    await publish('Three', { status: 'draft' });
    const page = await open();
    expectOk(await on().spine.desk.revise(editor, slug, one.id, 1, { headline: 'One, seen by nobody yet' }));
    await page.getByLabel('Select all that are shown').focus();
    await page.keyboard.press('Space');
    await page.waitForSelector('text=3 selected');
    await page.getByRole('button', { name: 'Tag', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Tag' }).fill('floods');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=2 done, 1 refused');
    expect(await page.textContent('.record .notice')).toContain('revision 2, not 1');
    const read = async (id: string) => (await fetch(`${on().site.url}/api/v1/timelines/${slug}/updates/${id}`)).json();
    expect((await read(one.id)).tags).toEqual([]);
  });

  test('DESK75 one press leads from a row to its update on the desk, open to be edited', async () => {
    await publish('One');
    await publish('Two', { status: 'draft' });
    const page = await open();
    expect(await page.getByRole('link', { name: /^Edit “/ }).count()).toBe(2);
    await page.getByRole('link', { name: 'Edit “One”' }).click();
    await page.waitForSelector('.edit-update .ProseMirror', { timeout: 45_000 });
    expect(await page.inputValue('.edit-update .headline')).toBe('One');
    await page.getByRole('form', { name: 'Edit this update' }).getByRole('button', { name: 'Cancel' }).click();
    await page.waitForSelector('.edit-update', { state: 'detached' });
    expect(new URL(page.url()).search).toBe('?day=124');
    await page.goBack();
    await page.getByRole('link', { name: 'Edit “Two”' }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.composer .headline')?.value === 'Two');
    expect(new URL(page.url()).search).toBe('?day=124');
  });

  test('DESK75 an update is opened by its id alone, also one that a long day has not come to, and follows what others do', async () => {
    const first = await publish('The first of many', { occurredAt: '2024-02-06T00:00:00+02:00' });
    for (let at = 0; at < 10; at += 1)
      await Promise.all(
        Array.from({ length: 21 }, () => publish('Another', { occurredAt: '2024-02-06T12:00:00+02:00' })),
      );
    const page = await on().open(`/newsroom/${slug}?edit=${first.id}`, await signedInAs('admin', on()));
    await page.waitForSelector('.edit-update .ProseMirror', { timeout: 45_000 });
    expect(await page.inputValue('.edit-update .headline')).toBe('The first of many');
    expect(await page.locator('.update-row').count()).toBe(201);
    expectOk(await on().spine.desk.revise(editor, slug, first.id, 1, { headline: 'The very first' }));
    await page.waitForSelector('text=Somebody has changed this update');
    expectOk(await on().spine.desk.remove(editor, slug, first.id, 'x'));
    await page.waitForSelector('.edit-update', { state: 'detached' });
    await page.goto(`${on().site.url}/newsroom/${slug}?edit=${first.id}`);
    await page.waitForSelector('.toasts:has-text("was removed")');
    // That it is gone was asked for; and the browser’s clock is days ahead of this server’s.
    on().complaints.length = 0;
  });

  test('BACK8 the days as bars and numbers, each leading to its updates and its summary', async () => {
    await publish('One', { key: true });
    await publish('Two');
    const page = await on().open(`/newsroom/${slug}/updates?show=statistics`, await signedInAs('admin', on()));
    await page.waitForSelector('.bars rect');
    expect(await page.locator('.table tbody tr').allInnerTexts()).toEqual([
      expect.stringContaining('124 · 2024-02-07'),
    ]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: '124 · 2024-02-07' }).click();
    await page.waitForSelector('.record-table tbody tr');
    expect(page.url()).toContain('from=2024-02-07&to=2024-02-07');
  });

  test('BACK8 axe finds nothing wrong on a desk, nor on a phone in the dark, and nothing runs off the side', async () => {
    await publish('One', { key: true, tags: ['floods', 'aid'] });
    await publish('خبر', { language: 'ar' });
    const page = await open();
    await page.getByLabel('Select “One”').check();
    for (const look of looks) {
      await look.of(page);
      expect([look.name, await violations(page)]).toEqual([look.name, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    expect(on().complaints).toEqual([]);
  });
});
