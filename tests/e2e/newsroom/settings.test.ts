import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { picture } from '../../media/laden-images.ts';
import { waitFor } from '../../support/wait-for.ts';
import { stage, violations } from '../support.ts';
import { signedInAs } from './staff.ts';

const on = stage();
const read = async (path: string) =>
  (await fetch(`${on().site.url}/api/v1/timelines${path}`, { headers: on().site.admin })).json();

/** The first page of a suite waits for the whole application. */
async function open(path: string, options: object = {}): Promise<Page> {
  const page = await on().open(path, { ...(await signedInAs('admin', on())), ...options });
  await page.waitForSelector('form, .panel', { timeout: 45_000 });
  return page;
}

const saved = (page: Page) => page.waitForSelector('.toast:has-text("Saved.")');

describe('the settings', () => {
  test('SET6 a new timeline says at once which day today would be, and whether its address is free', async () => {
    // The desk that it leads to asks for the day that the browser’s clock says.
    on().spine.clock.ms = Date.now();
    const page = await open('/newsroom/new');
    await page.getByLabel('Title').fill('War on the Gaza Strip');
    expect(await page.getByLabel('Address').inputValue()).toBe('war-gaza-strip');
    await page.waitForSelector('text=/war-gaza-strip: free.');
    await page.getByLabel('Address').fill('gaza');
    await page.waitForSelector('text=There is a timeline gaza already.');
    await page.getByLabel('Address').fill('strip');
    await page.getByLabel('Subject').fill('the war on the Gaza Strip');
    await page.getByLabel('Day one').fill('2023-10-07');
    await page.getByLabel('Time zone of the conflict').fill('Asia/Gaza');
    const check = page.locator('.day-check');
    await check.getByText(/would be day \d+\./).waitFor();
    expect(await check.textContent()).toMatch(
      /Most important developments of the \d+(st|nd|rd|th) day of the war on the Gaza Strip/,
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Begin the timeline' }).click();
    await page.waitForURL('**/newsroom/strip');
    await page.waitForSelector('.composer');
    expect(await read('/strip')).toMatchObject({ dayOne: '2023-10-07', timeZone: 'Asia/Gaza' });
  });

  test('SET6 hold, name, colour and hosts are set, and the page has them', async () => {
    await on().timeline({ slug: 'looks' });
    const page = await open('/newsroom/looks/settings');
    await page.getByLabel('Hold all publication').click();
    await saved(page);
    await page.getByLabel('Name above the pages').fill('The Record');
    await page.getByLabel('A colour of its own').check();
    await page.getByLabel('On light paper').evaluate((input: HTMLInputElement) => {
      input.value = '#ffff00';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.getByLabel('Only these hosts may embed it').check();
    await page.getByRole('textbox', { name: 'Hosts' }).fill('news.example.org');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('form', { name: 'Appearance and embedding' }).getByRole('button', { name: 'Save' }).click();
    await waitFor(async () => (await read('/looks/settings')).revision === 2, 'the settings to be saved');
    const settings = await read('/looks/settings');
    expect(settings).toMatchObject({
      hold: true,
      appearance: { siteName: 'The Record' },
      embedHosts: ['news.example.org'],
    });
    const reader = await on().open('/looks');
    expect(await reader.textContent('header.site a')).toBe('The Record');
    const accent = await reader.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
    expect(accent.trim()).toBe(settings.appearance.accent.light);
    expect(on().complaints).toEqual([]);
  });

  test('SET8 a logo is uploaded, said in words, and stands above the reader’s page', async () => {
    await on().timeline({ slug: 'logo' });
    const page = await open('/newsroom/logo/settings', { viewport: { width: 390, height: 800 } });
    const buffer = await picture(480, 120).png().toBuffer();
    await page.setInputFiles('[aria-label="Choose a logo"]', { name: 'logo.png', mimeType: 'image/png', buffer });
    await page.getByLabel('What the logo says').fill('The Record');
    await page.waitForSelector('.logo-shown img');
    const dark = await picture(240, 120).png().toBuffer();
    await page.setInputFiles('[aria-label="Choose a dark logo"]', {
      name: 'dark.png',
      mimeType: 'image/png',
      buffer: dark,
    });
    await page.waitForSelector('.logo-shown.dark img');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('form', { name: 'Appearance and embedding' }).getByRole('button', { name: 'Save' }).click();
    await saved(page);
    for (const [viewport, colorScheme, shape] of [
      [{ width: 390, height: 800 }, 'dark', 2],
      [{ width: 1280, height: 900 }, 'light', 4],
    ] as const) {
      const reader = await on().open('/logo', { viewport, colorScheme });
      const logo = reader.getByRole('img', { name: 'The Record' });
      await reader.waitForFunction(() => document.querySelector<HTMLImageElement>('.logo')?.complete);
      expect(
        await logo.evaluate((img: HTMLImageElement) => [img.naturalWidth / img.naturalHeight, img.clientHeight > 20]),
      ).toEqual([shape, true]);
      expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    expect(on().complaints).toEqual([]);
  });

  test('SET7 a conflict ends behind a typed confirmation, and goes on again', async () => {
    await on().timeline({ slug: 'ending' });
    const page = await open('/newsroom/ending/settings', { viewport: { width: 390, height: 800 } });
    await page.getByRole('button', { name: 'End the conflict' }).click();
    const end = page.getByRole('button', { name: 'End it' });
    expect(await end.isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Type “ending” to go on').fill('ending');
    await end.click();
    await page.waitForSelector('text=It ended on');
    expect(await read('/ending')).toMatchObject({ status: 'ended' });
    await page.getByRole('button', { name: 'It goes on' }).click();
    await page.waitForSelector('text=It is live');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
