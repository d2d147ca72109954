import { readFileSync } from 'node:fs';
import { expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { deskStage } from './desk-stage.ts';

const on = deskStage();
/** Whole flows in several browsers: on a busy machine they take their time. */
jest.setTimeout(180_000);

/** What the programs put on the clipboard, and what of it an update is to have. */
const pasted: Record<string, string> = {
  word:
    '<p><strong>Aid</strong> reached the <em>north</em>, officials said.</p>' +
    '<ul><li><p>Flour</p><ul><li><p>in sacks of 25 kg</p></li></ul></li><li><p>Water</p></li></ul>' +
    '<ol><li><p>First <a href="https://example.org/report">the report</a></p></li></ol>',
  'google-docs':
    '<p><strong>Talks</strong> resume in <em>Cairo</em>, see <a href="https://example.org/talks">this</a></p>' +
    '<ul><li><p>Hostages</p></li><li><p>Prisoners</p></li></ul>',
  'web-page':
    '<h3>A strike on the port</h3><p>It was <strong>heard</strong> across the city.</p>' +
    '<blockquote><p>“Nobody slept.”</p></blockquote><p>Day · Strikes</p><p>Monday · 3</p><p>Read more</p><p>Loose <s>ends</s></p>',
  'word-online':
    '<p>Before the list</p><ul><li><p>One</p></li><li><p>Two</p></li></ul>' +
    '<ol><li><p>First</p></li><li><p>Second</p></li></ol><p>A. Name stays a sentence.</p>',
};

async function paste(page: Page, html: string): Promise<void> {
  await page.click('.composer .ProseMirror');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.composer .ProseMirror')?.dispatchEvent(event);
  }, html);
}

test('DESK32 what comes from Word, Google Docs or a web page keeps what it means and loses how it looked', async () => {
  const page = await on().desk('reporter');
  const found: Record<string, string> = {};
  for (const name of Object.keys(pasted)) {
    await paste(page, readFileSync(new URL(`./clipboard/${name}.clip`, import.meta.url), 'utf8'));
    found[name] = (await page.innerHTML('.composer .ProseMirror')).replace(
      /<br class="ProseMirror-trailingBreak">/g,
      '',
    );
  }
  expect(found).toEqual(pasted);
  expect(on().complaints).toEqual([]);
});
