import { expect, jest, test } from '@jest/globals';
import { setUpPath } from '../../../server/newsroom/people/set-up-link.ts';
import { picture } from '../../media/laden-images.ts';
import { silent } from '../../support/spine.ts';
import { violations } from '../support.ts';
import { deskStage } from './desk-stage.ts';

const on = deskStage();
/** A whole flow: on a busy machine it takes its time. */
jest.setTimeout(180_000);

test('ROOM6 from the set-up link to a published update with an image, in a timeline of its own', async () => {
  const { spine, open } = on();
  const page = await open((await setUpPath(spine.people, spine.clock.now, silent)) ?? '');
  let presses = 0;
  let keys = 0;
  const began = performance.now();
  const press = async (selector: string): Promise<void> => {
    presses += 1;
    await page.click(selector);
  };
  /** Goes into a field with a press, and types. */
  const type = async (selector: string, text: string): Promise<void> => {
    await press(selector);
    keys += text.length;
    await page.keyboard.type(text);
  };
  await type('[name=name]', 'Jane Doe');
  await type('[name=email]', 'jane@example.org');
  await type('[name=password]', 'four plain grey words');
  await press('button:has-text("Make my account")');

  await press('text=New timeline');
  await type('[name=title]', 'War on the Gaza Strip, anew');
  await type('[name=subject]', 'the war on the Gaza Strip');
  await page.fill('[name=dayOne]', '2023-10-07');
  presses += 1;
  keys += 8;
  await type('[name=timeZone]', 'Asia/Gaza');
  await page.waitForSelector('.day-check:has-text("would be day")');
  await press('button:has-text("Begin the timeline")');

  await page.waitForURL('**/newsroom/war-gaza-strip-anew');
  await type('.composer .headline', 'Aid came in');
  await type('.composer .ProseMirror', 'Forty lorries crossed at noon.');
  const chooser = page.waitForEvent('filechooser');
  await press('.composer button:has-text("Add images")');
  const buffer = await picture(1_600, 1_200).jpeg().toBuffer();
  presses += 2;
  await (await chooser).setFiles({ name: 'lorries.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForFunction(() => document.activeElement?.matches('.image-card textarea'));
  keys += 17;
  await page.keyboard.type('Lorries at a gate');
  await page.waitForSelector('.image-card progress', { state: 'detached' });
  await press('.composer button:has-text("Publish")');
  await page.waitForSelector('.update-row img[alt="Lorries at a gate"]');
  const seconds = (performance.now() - began) / 1_000;

  const reader = await open('/war-gaza-strip-anew');
  await reader.waitForSelector('article:has-text("Aid came in") img');
  expect(await violations(page)).toEqual([]);
  expect(presses).toBeLessThanOrEqual(20);
  // A practised hand needs 1.3 s for each press, and one that types slowly half a second for each key.
  expect(presses * 1.3 + keys * 0.5).toBeLessThan(120);
  if (process.env['FIGURES']) console.info({ presses, keys, seconds });
  expect(on().complaints.filter((one) => !one.startsWith('asked blob:'))).toEqual([]);
});
