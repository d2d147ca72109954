import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ladenImages, picture } from '../../media/laden-images.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { stage, violations } from '../support.ts';

const on = stage();
let script = '';
let style = '';
let located: Buffer = Buffer.alloc(0);

beforeAll(async () => {
  const folder = temporaryFolder();
  const here = 'tests/e2e/newsroom';
  await promisify(execFile)(process.execPath, [`${here}/bundle.mjs`, `${here}/image-form.mjs`, folder.path]);
  script = readFileSync(`${folder.path}/form.js`, 'utf8');
  style = readFileSync(`${folder.path}/form.css`, 'utf8');
  folder.remove();
  located = (await ladenImages()).find(({ name }) => name === 'jpeg: EXIF with a position')?.bytes ?? located;
});

/** The form inside the newsroom’s page, with the operator’s token in place of a session. */
async function form(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await on().open('/newsroom/sign-in', { bypassCSP: true, ...options });
  await page.waitForSelector('h1');
  await page.setExtraHTTPHeaders(on().site.admin);
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  await page.waitForSelector('.images');
  return page;
}

const photo = async (name: string, width = 640) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await picture(width, Math.round(width * 0.75))
    .jpeg()
    .toBuffer(),
});
const withPosition = () => ({ name: 'field.jpg', mimeType: 'image/jpeg', buffer: located });
const references = (page: Page) =>
  page.locator('output').evaluate((output) => JSON.parse(output.textContent ?? '[]') as { id: string; alt: string }[]);
const isReady = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) => JSON.parse(document.querySelector('output')?.textContent ?? '[]').length === wanted,
    count,
  );
const alt = (page: Page, number: number) => page.getByLabel('Alternative text').nth(number - 1);

describe('the field for images', () => {
  test('MED21 files that are picked are uploaded, described and put in order; the form has what an update needs', async () => {
    const page = await form();
    await page.setInputFiles('input[type=file]', [withPosition(), await photo('second.jpg')]);
    await isReady(page, 2);
    expect(await page.textContent('.image-card >> nth=0')).toContain('Location data removed.');
    expect(await page.textContent('.image-card >> nth=1')).not.toContain('removed.');
    expect(await page.getAttribute('output', 'data-complete')).toBe('false');
    await alt(page, 1).fill('A street');
    await alt(page, 2).fill('A market');
    expect(await page.getAttribute('output', 'data-complete')).toBe('true');
    await page.getByLabel('Move image 2 up').press('Enter');
    const given = await references(page);
    expect(given.map((one) => one.alt)).toEqual(['A market', 'A street']);
    const answer = await on()
      .site.request.post('/api/v1/timelines/gaza/updates')
      .set(on().site.admin)
      .send({ occurredAt: '2024-02-07T18:20:00+02:00', headline: 'With images', images: given });
    expect(answer.status).toBe(201);
    await page.getByText('Remove', { exact: true }).first().click();
    expect((await references(page)).map((one) => one.alt)).toEqual(['A street']);
    expect(on().complaints.filter((one) => !one.startsWith('asked blob:'))).toEqual([]);
    on().complaints.length = 0;
  });

  test('MED22 files can be dropped and pasted; what is no image is passed over, and that is said', async () => {
    const page = await form();
    for (const kind of ['drop', 'paste'] as const) {
      const { buffer } = await photo('x.jpg', 320);
      await page.evaluate(
        ([kind, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], 'x.jpg', { type: 'image/jpeg' }));
          transfer.items.add(new File(['x'], 'x.txt', { type: 'text/plain' }));
          const field = document.querySelector('.images');
          field?.dispatchEvent(
            kind === 'drop'
              ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
          );
        },
        [kind, buffer.toString('base64')] as const,
      );
      await isReady(page, kind === 'drop' ? 1 : 2);
      expect(await page.textContent('.images > [role=status]')).toContain('passed over');
    }
  });

  test('MED23 a refused file says why, an upload that met no server can be tried again, one under way can be cancelled', async () => {
    const page = await form();
    await page.setInputFiles('input[type=file]', {
      name: 'x.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('<svg/>'),
    });
    await page.waitForSelector('.image-card [role=alert]');
    expect(await page.textContent('.image-card')).toContain('An image is a JPEG, PNG, WebP or AVIF file.');
    await page.getByText('Remove', { exact: true }).click();

    const held: (() => void)[] = [];
    await page.route('**/images', async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.abort().catch(() => undefined);
    });
    await page.setInputFiles('input[type=file]', await photo('x.jpg'));
    await page.waitForSelector('.image-card progress');
    await page.getByText('Cancel the upload').click();
    expect(await page.locator('.image-card').count()).toBe(0);
    await page.setInputFiles('input[type=file]', await photo('y.jpg'));
    await page.waitForSelector('.image-card progress');
    for (const release of held) release();
    await page.waitForSelector('text=The server cannot be reached');
    await page.unroute('**/images');
    await page.getByRole('button', { name: 'Try again' }).click();
    await isReady(page, 1);
    on().complaints.length = 0;
  });

  test.each([
    ['on a desk', { width: 1280, height: 900 }, 'light' as const],
    ['on a phone in the dark', { width: 390, height: 800 }, 'dark' as const],
  ])('MED24 axe finds nothing wrong with it and it fits %s', async (_, viewport, colorScheme) => {
    const page = await form({ viewport, colorScheme });
    await page.setInputFiles('input[type=file]', [withPosition(), await photo('second.jpg')]);
    await isReady(page, 2);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/images-${viewport.width}.png`, fullPage: true });
  });
});
