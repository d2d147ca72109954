import { describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import { isLive, violations } from '../support.ts';
import { deskStage, write } from './desk-stage.ts';

const on = deskStage();
/** Whole flows in several browsers: on a busy machine they take their time. */
jest.setTimeout(180_000);
const drafts = async () => (await on().spine.store.drafts('gaza')).map(({ update }) => update);
const today = async () => (await on().spine.store.days('gaza')).at(-1)?.date ?? '';
const ofHeadline = async (headline: string) => (await on().headlines()).filter((one) => one === headline).length;

async function actOn(page: Page, headline: string, action: string): Promise<void> {
  await page.click(`[aria-label="Actions for “${headline}”"]`);
  await page.click(`[role=menuitem]:has-text("${action}")`);
}

describe('the desk', () => {
  test('DESK70 an update is written and published by keyboard alone, and readers have it', async () => {
    const reader = await on().open('/gaza');
    await isLive(reader);
    const page = await on().desk('reporter');
    await page.keyboard.press('n');
    await page.keyboard.type('By keyboard alone');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('All of it, with ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('stress');
    await page.keyboard.press('Control+Enter');
    await reader.waitForSelector('article:has-text("By keyboard alone") strong:has-text("stress")');
    await page.waitForSelector('.update-row');
    expect(await page.inputValue('.composer .headline')).toBe('');
    await page.click('h1');
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await page.waitForSelector('.edit-update .ProseMirror');
    expect(await page.textContent('.edit-update .ProseMirror')).toBe('All of it, with stress');
    expect(on().complaints).toEqual([]);
  });

  test('DESK30 it says at once on which conflict day an event lands', async () => {
    const page = await on().desk('reporter');
    await page.fill('[aria-label="Date"]', '2024-02-06');
    await page.waitForSelector('.lands:has-text("→ 123rd day, Tuesday 6 February")');
    await page.fill('[aria-label="Date"]', '2023-10-06');
    await page.waitForSelector('.time-field .fault:has-text("before day one")');
    await page.click('button:has-text("Now")');
    await page.waitForSelector('.lands');
  });

  test('DESK60 what is typed survives a closed window, and is a draft on the server', async () => {
    const page = await on().desk('reporter');
    await write(page, 'Half a sentence', 'that goes on');
    await page.waitForSelector('[data-saving="saved"]');
    expect((await drafts()).find(({ headline }) => headline === 'Half a sentence')?.body).toBe('<p>that goes on</p>');
    await page.keyboard.type(' and on');
    const context = page.context();
    await waitFor(async () => (await drafts()).some(({ body }) => body === '<p>that goes on and on</p>'));
    await page.close();
    const again = await context.newPage();
    await again.goto(`${on().site.url}/newsroom/gaza`);
    await again.waitForSelector('.composer .ProseMirror:has-text("that goes on and on")');
    await again.keyboard.press('Control+Enter');
    await again.focus('.composer .headline');
    await again.keyboard.press('Control+Enter');
    await waitFor(async () => (await ofHeadline('Half a sentence')) === 1);
    expect((await drafts()).filter(({ headline }) => headline === 'Half a sentence')).toEqual([]);
  });

  test('DESK50 a double click is one update', async () => {
    const page = await on().desk('editor');
    await write(page, 'Clicked twice');
    await page.dblclick('button:has-text("Publish")');
    await page.waitForSelector('.update-row:has-text("Clicked twice"), .update-row');
    await waitFor(async () => (await ofHeadline('Clicked twice')) > 0);
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.composer .headline')?.value === '');
    expect(await ofHeadline('Clicked twice')).toBe(1);
  });

  test('DESK51 an answer that is lost on the way makes one update', async () => {
    const page = await on().desk('editor');
    await page.clock.install();
    await page.reload();
    await page.waitForSelector('[data-connection="live"]');
    let lost = 0;
    await page.route('**/api/v1/timelines/gaza/updates**', async (route) => {
      const { status } = JSON.parse(route.request().postData() ?? '{}') as { status?: string };
      if (lost > 0 || status === 'draft') return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await write(page, 'Answered into the void');
    await page.keyboard.press('Control+Enter');
    await waitFor(async () => (await ofHeadline('Answered into the void')) === 1);
    await page.waitForSelector('.outbox');
    await page.clock.fastForward(4_000);
    await page.waitForSelector('.outbox', { state: 'detached' });
    expect([lost, await ofHeadline('Answered into the void')]).toEqual([1, 1]);
  });

  test('DESK51 a correction whose answer is lost is sent again, and is one', async () => {
    const page = await on().desk('editor');
    await write(page, 'Nine were missing');
    await page.keyboard.press('Control+Enter');
    await actOn(page, 'Nine were missing', 'Edit or correct');
    await page.fill('.edit-update .headline', 'Eight were missing');
    await page.fill('.edit-update [name=correction]', 'It said five.');
    await page.route('**/updates/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.click('text=Publish the correction');
    await page.waitForSelector('.edit-update .form-problem p');
    await page.unroute('**/updates/*');
    await page.click('text=Publish the correction');
    await page.waitForSelector('.edit-update', { state: 'detached' });
    expect(await page.locator('dialog[open]').count()).toBe(0);
    const [update] = (await on().spine.store.day('gaza', await today())).updates.filter(
      ({ headline }) => headline === 'Eight were missing',
    );
    expect(update).toMatchObject({ revision: 2, correction: { note: 'It said five.' } });
  });

  test('DESK52 what is published without a network waits visibly, survives a reload, and goes out once', async () => {
    const page = await on().desk('editor');
    await page.route('**/api/v1/timelines/gaza/updates**', (route) => route.abort());
    await write(page, 'Sent from a cellar');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.outbox:has-text("Sent from a cellar")');
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.composer .headline')?.value === '');
    await page.reload();
    await page.waitForSelector('.outbox:has-text("Sent from a cellar")');
    expect(await ofHeadline('Sent from a cellar')).toBe(0);
    await page.unroute('**/api/v1/timelines/gaza/updates**');
    await page.click('text=Try again now');
    await page.waitForSelector('.outbox', { state: 'detached' });
    await waitFor(async () => (await ofHeadline('Sent from a cellar')) === 1);
    await page.reload();
    await page.waitForSelector('.composer .ProseMirror');
    expect(await ofHeadline('Sent from a cellar')).toBe(1);
  });

  test('DESK71 a publication after a delay can be called back into the composer', async () => {
    const page = await on().desk('editor');
    await write(page, 'Not so fast');
    await page.click('button:has-text("Later")');
    await page.click('text=Publish in 1 minute');
    await page.waitForSelector('.queue:has-text("Goes out in")');
    await page.click('[data-draft]:has-text("Not so fast") button:has-text("Cancel")');
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer .headline')?.value === 'Not so fast',
    );
    expect((await drafts()).find(({ headline }) => headline === 'Not so fast')?.status).toBe('draft');
    await page.click('[aria-label="Throw away"]');
    await page.click('dialog button:has-text("Throw away")');
    await waitFor(async () => !(await drafts()).some(({ headline }) => headline === 'Not so fast'));
  });

  test('DESK72 an open reader’s page follows a correction, a retraction and a takedown; each wording is in the history', async () => {
    const page = await on().desk('editor');
    await write(page, 'Five were hurt');
    await page.keyboard.press('Control+Enter');
    const reader = await on().open('/gaza');
    await isLive(reader);
    await reader.waitForSelector('article:has-text("Five were hurt")');
    await actOn(page, 'Five were hurt', 'Edit or correct');
    await page.fill('.edit-update .headline', 'Four were hurt');
    await page.fill('.edit-update [name=correction]', 'It said five.');
    await page.click('text=Publish the correction');
    await reader.waitForSelector('article:has-text("Four were hurt") .note:has-text("It said five.")');
    await actOn(page, 'Four were hurt', 'History');
    await page.waitForSelector('.differences del:has-text("Five")');
    await page.waitForSelector('.differences ins:has-text("Four")');
    await page.keyboard.press('Escape');
    await actOn(page, 'Four were hurt', 'Retract');
    await page.fill('dialog [name=reason]', 'Nobody was.');
    await page.click('dialog button:has-text("Retract")');
    await reader.waitForSelector('article.retracted:has-text("Nobody was.")');
    await actOn(page, 'Four were hurt', 'Take down');
    await page.fill('dialog [name=reason]', 'court order');
    expect(await page.isDisabled('dialog button:has-text("Take it down")')).toBe(true);
    await page.fill('dialog [name=confirmation]', 'take down');
    await page.click('dialog button:has-text("Take it down")');
    await reader.waitForSelector('article:has-text("Four were hurt")', { state: 'detached' });
  });

  test.each([
    ['on a desk', { viewport: { width: 1280, height: 900 } }],
    ['on a phone in the dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' as const, hasTouch: true }],
  ])('DESK73 axe finds nothing wrong with it %s, with all that opens', async (_, options) => {
    const page = await on().desk('editor', options);
    await write(page, 'Looked at', 'closely');
    await page.click('.more-fields > summary');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.click('[aria-label="Preview"]');
    await page.waitForSelector('iframe.preview');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('h1');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog:has-text("Keyboard shortcuts")');
    expect(await violations(page)).toEqual([]);
  });
});
