import { expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Passwords } from '../../../server/newsroom/people/passwords.ts';
import { picture } from '../../media/laden-images.ts';
import { signedIn } from '../../support/people.ts';
import { expectOk } from '../../support/spine.ts';
import { isLive } from '../support.ts';
import { deskStage } from './desk-stage.ts';

const on = deskStage();
/** Whole flows in several browsers: on a busy machine they take their time. */
jest.setTimeout(180_000);
const password = 'four plain grey words';

/** What has the focus, as a screen reader would name it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const here = document.activeElement as HTMLInputElement | null;
    const by = document.getElementById(here?.getAttribute('aria-labelledby') ?? '');
    const text = here?.getAttribute('aria-label') ?? by?.textContent ?? here?.labels?.[0]?.textContent;
    return (text ?? here?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });

/** Goes on with the Tab key until something so named has the focus. */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now.startsWith(name)) return;
    passed.push(now);
  }
  throw new Error(`“${name}” is not to be reached by ${key}: ${passed.join(' · ')}`);
}

/** After a publication the sheet is empty, and ready to be written on. */
const sheetIsReady = (page: Page) =>
  page.waitForFunction(() => {
    const { activeElement } = document;
    return (
      activeElement instanceof HTMLTextAreaElement &&
      activeElement.matches('.composer .headline:focus') &&
      activeElement.value === ''
    );
  });

/** Leaves the fields for the row of the newest update, where single letters are commands. */
async function toFirstRow(page: Page): Promise<void> {
  await tabTo(page, 'Shortcuts', 'Shift+Tab');
  await page.keyboard.press('j');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('update-row');
}

/** Opens the menu of the row that has the focus and takes what is so many from its end. */
async function choose(page: Page, headline: string, fromEnd: number, name: string): Promise<void> {
  await tabTo(page, `Actions for “${headline}”`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  for (let up = 1; up < fromEnd; up++) await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toBe(name);
  await page.keyboard.press('Enter');
}

test('DESK74 sign in, write with stress, list, link and image, publish, correct, retract, take down, summarise: by keyboard alone', async () => {
  const { spine, site, open } = on();
  const passwordHash = expectOk(await new Passwords().hash(password));
  const { account } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'editor', passwordHash });
  const reader = await open('/gaza');
  await isLive(reader);
  const page = await open('/healthz');
  await page.addInitScript(() => {
    const told = () => document.documentElement.setAttribute('data-pointed', 'yes');
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, told, true);
  });
  await page.goto(`${site.url}/newsroom/gaza`);
  await page.waitForSelector('h1:text-is("Sign in")');
  await tabTo(page, 'E-mail address');
  await page.keyboard.type(account.email);
  await tabTo(page, 'Password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.composer .ProseMirror');
  await page.waitForSelector('[data-connection="live"]');

  // What the summary will be made of.
  await page.keyboard.press('n');
  await page.keyboard.type('A bridge was opened');
  await tabTo(page, 'Key development');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await reader.waitForSelector('article:has-text("A bridge was opened")');

  await sheetIsReady(page);
  await page.keyboard.type('Aid came in');
  await tabTo(page, 'Text');
  await page.keyboard.type('It came ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('at last');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(', see ');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('example.org/aid');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Shift+8');
  await page.keyboard.type('Flour');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Water');
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, 'Add images');
  await page.keyboard.press('Enter');
  const buffer = await picture(640, 480).jpeg().toBuffer();
  await (await chooser).setFiles({ name: 'lorries.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForFunction(() => document.activeElement?.matches('.image-card textarea'));
  await page.keyboard.type('Lorries at a gate');
  await page.waitForSelector('.image-card progress', { state: 'detached' });
  await page.keyboard.press('Control+Enter');
  const shown = reader.locator('article', { hasText: 'Aid came in' });
  await shown.locator('img[alt="Lorries at a gate"]').waitFor();
  expect(await shown.locator('strong').textContent()).toBe('at last');
  expect(await shown.locator('.body li').allTextContents()).toEqual(['Flour', 'Water']);
  expect(await shown.locator('a[href="https://example.org/aid"]').count()).toBe(1);

  await sheetIsReady(page);
  await toFirstRow(page);
  await page.keyboard.press('e');
  await page.waitForSelector('.edit-update .ProseMirror');
  expect(await focused(page)).toBe('Headline');
  await page.keyboard.press('End');
  await page.keyboard.type(' by sea');
  await tabTo(page, 'Correction note, for readers');
  await page.keyboard.type('It came by sea.');
  await page.keyboard.press('Control+Enter');
  await reader.waitForSelector('article:has-text("Aid came in by sea") .note:has-text("It came by sea.")');

  await page.waitForSelector('.edit-update', { state: 'detached' });
  await choose(page, 'Aid came in by sea', 2, 'Retract …');
  await tabTo(page, 'Reason, for readers');
  await page.keyboard.type('No ship was there.');
  await tabTo(page, 'Retract');
  await page.keyboard.press('Enter');
  await reader.waitForSelector('article.retracted:has-text("No ship was there.")');

  await page.waitForSelector('dialog', { state: 'detached' });
  await toFirstRow(page);
  await choose(page, 'Aid came in by sea', 1, 'Take down …');
  await tabTo(page, 'Reason, for the audit log');
  await page.keyboard.type('A court said so.');
  await tabTo(page, 'Type “take down” to go on');
  await page.keyboard.type('take down');
  await page.keyboard.press('Enter');
  await reader.waitForSelector('article:has-text("Aid came in by sea")', { state: 'detached' });

  await page.waitForSelector('dialog', { state: 'detached' });
  await tabTo(page, 'Summary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.point textarea');
  await tabTo(page, 'Text of point 1');
  await page.keyboard.press('End');
  await page.keyboard.type(' again');
  await tabTo(page, 'Publish');
  await page.keyboard.press('Enter');
  await reader.waitForSelector('text=A bridge was opened again');
  expect(await page.getAttribute('html', 'data-pointed')).toBeNull();
  expect(on().complaints.filter((one) => !one.startsWith('asked blob:'))).toEqual([]);
});
