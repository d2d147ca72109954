import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { api } from '../../http/support.ts';
import { signedIn } from '../../support/people.ts';
import { looks, stage, violations } from '../support.ts';

const on = stage();

/** A timeline with these replies to one update and a report on it. */
async function moderated(slug: string, texts: readonly string[]) {
  const { timeline, publish, site, spine } = on();
  await timeline({ slug, replies: 'moderated' });
  const update = await publish({}, slug);
  const path = `${api}/${slug}/updates/${update.id}`;
  for (const text of texts) {
    await site.request.post(`${path}/replies`).send({ name: 'Amal', email: 'amal@example.org', text }).expect(202);
    // Those that came first stand first.
    spine.clock.ms += 1_000;
  }
  await site.request.post(`${path}/reports`).send({ category: 'name', text: 'It is Younis.' }).expect(202);
  const textsOf = async (status: string): Promise<string[]> =>
    (await site.request.get(`${api}/${slug}/replies?status=${status}`).set(site.admin).expect(200)).body.replies.map(
      ({ text }: { text: string }) => text,
    );
  return { slug, update, textsOf };
}

async function room(slug: string): Promise<Page> {
  const { open, site, spine } = on();
  const { token } = await signedIn(spine.people, spine.clock.now, site.url, { role: 'editor' });
  const page = await open('/healthz');
  await page.context().addCookies([{ name: 'daymark', value: token, url: site.url }]);
  await page.goto(`${site.url}/newsroom/${slug}/replies`);
  await page.waitForSelector('[data-reply]');
  return page;
}

describe('the queue of replies and reports', () => {
  test('RPL16 axe finds nothing wrong with it on a desk, nor on a phone in the dark', async () => {
    const { slug } = await moderated('queue', ['One', '<script>alert(1)</script>']);
    const page = await room(slug);
    expect(await page.locator('[data-reply]').count()).toBe(3);
    for (const look of looks) {
      await look.of(page);
      expect([look.name, await violations(page)]).toEqual([look.name, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });

  test('RPL16 editors decide by keyboard, one by one and on many at once', async () => {
    const { slug, textsOf } = await moderated('queue-keys', ['One', 'Two', 'Three']);
    const page = await room(slug);
    await page.focus('[data-reply]');
    await page.keyboard.press('a');
    await page.waitForFunction(() => document.querySelectorAll('[data-reply]').length === 3);
    await page.focus('[data-reply]');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('s');
    await page.waitForFunction(() => document.querySelectorAll('[data-reply]').length === 1);
    expect([await textsOf('approved'), await textsOf('spam')]).toEqual([['One'], ['Two', 'Three']]);
  });

  test('RPL16, DESK75 from a report to its update on the desk, a correction, and back to close the report with it', async () => {
    const { slug, update, textsOf } = await moderated('queue-close', []);
    const page = await room(slug);
    await page.click('text=Correct it on the desk');
    await page.waitForSelector('.edit-update .ProseMirror', { timeout: 45_000 });
    await page.fill('.edit-update .headline', 'Younis');
    await page.fill('.edit-update [name=correction]', 'A name.');
    on().spine.clock.ms += 60_000;
    await page.click('text=Publish the correction');
    await page.waitForSelector('.edit-update', { state: 'detached' });
    expect(new URL(page.url()).search).toBe(`?day=${update.day}`);
    await page.click('nav >> text=Replies');
    await page.click('[data-reply] button:has-text("Close")');
    // The correction that was published since is what most likely came of it.
    const chosen = page.getByRole('radio', { name: 'Revision 2: A name.' });
    await chosen.waitFor();
    expect(await chosen.isChecked()).toBe(true);
    await page.click('.dialog button[type="submit"]');
    await page.waitForSelector('text=Nothing here');
    expect(await textsOf('closed')).toEqual(['It is Younis.']);
    await page.click('[role=tab]:has-text("Closed reports")');
    await page.waitForSelector('[data-reply]:has-text("corrected by revision 2")');
  });
});
