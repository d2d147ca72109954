import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { rss, rssItem } from '../../import/foreign-support.ts';
import { stage, violations } from '../support.ts';
import { signedInAs } from './staff.ts';

const on = stage();

async function open(slug: string, options: object = {}): Promise<Page> {
  await on().timeline({ slug });
  const page = await on().open(`/newsroom/${slug}/import`, { ...(await signedInAs('editor', on())), ...options });
  await page.waitForSelector('input[type=file]', { timeout: 45_000 });
  return page;
}

const choose = (page: Page, name: string, text: string) =>
  page.getByLabel('File').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
const seq = (slug: string) => on().spine.live.timeline(slug)?.position.seq;

describe('the page of imports', () => {
  test('MOVE12 a file is named and looked at first, refused rows are listed, and then it goes in', async () => {
    const page = await open('feed');
    await choose(page, 'wire.xml', rss(rssItem(1) + rssItem(2) + rssItem(3).replace('2024', '2054') + rssItem(1)));
    await page.waitForSelector('text=wire.xml is RSS 2.0.');
    await page.waitForSelector('text=2 would be imported, 1 there already, 1 would be refused.');
    await page.waitForSelector('text=lies in the future');
    expect(await page.locator('table >> text=Item 2').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(seq('feed')).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download all of them' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('refused-rows.csv');
    await page.getByRole('button', { name: 'Import 2' }).click();
    await page.waitForSelector('text=2 imported, 1 there already, 1 refused.');
    expect(seq('feed')).toBe(2);
  });

  test('MOVE12 the columns of a table are asked for, on a phone as well', async () => {
    const page = await open('table', { viewport: { width: 390, height: 800 } });
    await choose(page, 'events.csv', 'when,what\n2024-02-07,Something\n');
    await page.waitForSelector('text=Say which column has the time');
    await page.getByLabel('When it happened').selectOption('when');
    await page.getByLabel('Headline').selectOption('what');
    await page.waitForSelector('text=1 would be imported');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.getByRole('button', { name: 'Import 1' }).click();
    await page.waitForSelector('text=1 imported');
  });

  test('MOVE12 the images of a file are fetched where the box is ticked; what is left out is listed', async () => {
    const page = await open('pictures');
    const image = (alt: string) => `<![CDATA[<p>Text</p><img src="http://127.0.0.1:1/a.png" alt="${alt}">]]>`;
    const items = [image('A bridge'), image('')].map((text, n) => rssItem(n).replace(`Text ${n}`, text));
    await choose(page, 'wire.xml', rss(items.join('')));
    const box = page.getByLabel('Fetch the images too (1)');
    await box.check();
    await page.waitForSelector('text=its source has no alternative text');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import 2' }).click();
    await page.waitForSelector('text=2 imported');
    await page.getByText('2 things are left out').click();
    await page.waitForSelector('text=its address is in a network that is not called');
    expect(seq('pictures')).toBe(2);
  });

  test('MOVE12 a file that can’t be read is a sentence, and another can be chosen', async () => {
    const page = await open('broken');
    await choose(page, 'cut.xml', rss(rssItem(1)).slice(0, -30));
    await page.waitForSelector('text=The file is not well-formed XML');
    await choose(page, 'whole.xml', rss(rssItem(1)));
    await page.waitForSelector('text=1 would be imported');
    expect(seq('broken')).toBe(0);
  });
});
