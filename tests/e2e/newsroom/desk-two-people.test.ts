import { expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import { deskStage, write } from './desk-stage.ts';

const on = deskStage();
/** Whole flows in several browsers: on a busy machine they take their time. */
jest.setTimeout(180_000);

async function edit(page: Page, headline: string): Promise<void> {
  await page.click(`[aria-label="Actions for “${headline}”"]`);
  await page.click('[role=menuitem]:has-text("Edit or correct")');
  await page.waitForSelector('.edit-update .ProseMirror');
}

test('DESK20, DESK21, DESK40 two people edit one update: both see it coming, and neither text is lost', async () => {
  const [ada, bo] = [await on().desk('admin'), await on().desk('editor')];
  await ada.waitForSelector('.people:has-text("The editor")');
  await write(ada, 'Strike on the port', 'Two ships burn.');
  await ada.keyboard.press('Control+Enter');
  await bo.waitForSelector('[aria-label="Actions for “Strike on the port”"]');
  await edit(ada, 'Strike on the port');
  await bo.waitForSelector('.update-row .being-edited:has-text("The admin is editing this")');
  await edit(bo, 'Strike on the port');
  await ada.waitForSelector('.update-row .being-edited:has-text("The editor is editing this")');

  await ada.fill('.edit-update .headline', 'Strike on the harbour');
  await bo.fill('.edit-update .headline', 'Strike on the oil port');
  await bo.click('.edit-update .ProseMirror');
  await bo.keyboard.press('Control+End');
  await bo.keyboard.type(' Nobody was hurt.');
  await ada.click('text=Save as a minor edit');
  await bo.waitForSelector('.notice:has-text("Somebody has changed this update")');
  await bo.click('text=Save as a minor edit');

  await bo.waitForSelector('dialog:has-text("Somebody else has changed this")');
  expect(await bo.textContent('[data-field="headline"]')).toMatch(/Strike on the oil port[\s\S]*Strike on the harbour/);
  expect(await bo.textContent('[data-field="body"]')).toMatch(/Nobody was hurt/);
  await bo.click('[data-field="headline"] .side:has-text("Theirs")');
  await bo.click('text=Go on with this');
  await bo.click('text=Save as a minor edit');
  await bo.waitForSelector('.edit-update', { state: 'detached' });
  const saved = await waitFor(async () => {
    const { days, store } = { days: await on().spine.store.days('gaza'), store: on().spine.store };
    const day = await store.day('gaza', days.at(-1)?.date ?? '');
    return day.updates.find(({ revision }) => revision >= 3);
  });
  expect(saved).toMatchObject({
    headline: 'Strike on the harbour',
    body: '<p>Two ships burn. Nobody was hurt.</p>',
  });
});

test('DESK1, DESK2, DESK4, DESK22 a reporter hands in, an editor sends back and approves, and a hold stops both', async () => {
  const { site, spine } = on();
  const settings = await spine.store.settings('gaza');
  await site.request
    .patch('/api/v1/timelines/gaza/settings')
    .set(site.admin)
    .set('If-Match', `"${settings.revision}"`)
    .send({ approval: true })
    .expect(200);
  const [rep, ed] = [await on().desk('reporter'), await on().desk('editor')];
  await write(rep, 'Seen from a roof', 'By me.');
  await rep.click('button:has-text("Submit for approval")');
  await ed.waitForSelector('.queue:has-text("Waiting for approval"):has-text("Seen from a roof")');
  await ed.click('.queue button:has-text("Send back")');
  await ed.fill('dialog [name=note]', 'Which roof?');
  await ed.click('dialog button:has-text("Send back")');
  await rep.waitForSelector('.queue .notice:has-text("Which roof?")');
  await rep.click('.queue button:has-text("Go on with it")');
  await rep.waitForSelector('.composer .ProseMirror:has-text("By me.")');
  await rep.fill('.composer .headline', 'Seen from the roof of the hospital');
  await rep.click('button:has-text("Submit for approval")');
  await ed.waitForSelector('.queue:has-text("Seen from the roof of the hospital")');

  await ed.click('button:has-text("Hold")');
  await ed.click('dialog button:has-text("Hold")');
  await rep.waitForSelector('.hold-banner');
  expect(await ed.isDisabled('.queue button:has-text("Approve")')).toBe(true);
  await ed.click('.hold-banner button:has-text("Release")');
  await rep.waitForSelector('.hold-banner', { state: 'detached' });
  await ed.click('.queue button:has-text("Approve")');
  await rep.waitForSelector('[aria-label="Actions for “Seen from the roof of the hospital”"]');
});
