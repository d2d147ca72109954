import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Update } from '../../shared/update.ts';
import { api } from '../http/support.ts';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { isLive, looks, stage, violations } from './support.ts';

const on = stage();
const made: Record<'en' | 'ar', Update[]> = { en: [], ar: [] };
const slugs = { en: 'part', ar: 'part-ar' } as const;

beforeAll(async () => {
  for (const language of ['en', 'ar'] as const) {
    await on().timeline({ slug: slugs[language], replies: 'moderated', language, subject: 'x' });
    for (const headline of language === 'en' ? ['A strike', 'Talks'] : ['غارة على المدينة', 'محادثات'])
      made[language].push(await on().publish({ headline, language }, slugs[language]));
  }
});

const request = () => on().site.request;
const queue = async (status = 'pending') =>
  (await request().get(`${api}/part/replies?status=${status}`).set(on().site.admin).expect(200)).body.replies;

async function fill(page: Page, text: string): Promise<void> {
  await page.fill('#reply-name', 'Amal');
  await page.fill('#reply-email', 'amal@example.org');
  await page.fill('#reply-text', text);
}

describe('taking part in a browser', () => {
  test.each(['en', 'ar'] as const)(
    'SRCH12, RPL12, PAGE15 axe finds nothing wrong with search and forms, light and dark, on a phone and on a desk: %s',
    async (language) => {
      const q = language === 'en' ? 'strike' : 'المدينة';
      const page = await on().open(`/${slugs[language]}/search?q=${encodeURIComponent(q)}`, { bypassCSP: true });
      expect(await page.locator('mark').count()).toBeGreaterThan(0);
      const isSound = async () => {
        for (const look of looks) {
          await look.of(page);
          expect([look.name, await violations(page)]).toEqual([look.name, []]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        }
      };
      await isSound();
      await page.goto(on().site.url + (made[language][0]?.url ?? ''));
      await page.click('#report summary');
      await isSound();
    },
  );

  test('RPL12 a reply goes from the form to the newsroom without JavaScript', async () => {
    const page = await on().open(made.en[0]?.url ?? '', { javaScriptEnabled: false });
    await fill(page, 'Written without JavaScript');
    await page.click('#leave-reply button');
    await page.waitForURL(/\?sent=reply/);
    expect(await page.textContent('.done')).toContain('with the newsroom');
    expect((await queue()).map(({ text }: { text: string }) => text)).toContain('Written without JavaScript');
  });

  test('RPL12 faults and words stay where the reader has a language and a zone of his own', async () => {
    const page = await on().open(`${made.en[0]?.url}?lang=de`, { timezoneId: 'Asia/Tokyo' });
    await page.evaluate(() => {
      localStorage.setItem('daymark:lang', 'de');
      localStorage.setItem('daymark:zone', 'own');
    });
    await page.reload();
    await page.getByText('Tokyo, GMT+9').waitFor();
    await fill(page, 'My words');
    await page.fill('#reply-email', 'amal@example');
    await page.click('#leave-reply button');
    await page.getByText('Tokyo, GMT+9').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.inputValue('#reply-text')).toBe('My words');
    expect(await page.textContent('h1')).toBe('A strike');
    expect(await page.locator('#reply-email-fault').isVisible()).toBe(true);
  });

  test('RPL6, PAGE23 a takedown takes replies and forms from the open page too', async () => {
    const { open, publish, spine } = on();
    const update = await publish({ headline: 'Soon removed' }, 'part');
    const page = await open(update.url);
    await isLive(page);
    expectOk(await spine.desk.remove(admin, 'part', update.id, 'x'));
    await page.getByRole('heading', { name: 'Removed', exact: true }).waitFor();
    expect(await page.locator('form, #replies').count()).toBe(0);
    expect(await page.innerText('[data-connection]')).toBe('');
  });

  test('RPL15 an approved reply comes to the open page, and what is being typed there stays', async () => {
    const { open, site, publish, spine } = on();
    const update = await publish({ headline: 'Open' }, 'part');
    const { body } = await request()
      .post(`${api}/part/updates/${update.id}/replies`)
      .send({ name: '<i>Nour</i>', email: 'nour@example.org', text: 'Approved while you look' })
      .expect(202);
    const page = await open('/healthz');
    await page.clock.install();
    await page.goto(site.url + update.url);
    await fill(page, 'Half a sent');
    await request().patch(`${api}/part/replies/${body.id}`).set(site.admin).send({ status: 'approved' }).expect(200);
    const approved = page.locator(`#r-${body.id}`);
    // On a busy machine the script that looks may be there later than this.
    await waitFor(async () => {
      await page.clock.fastForward(30_000);
      return (await approved.count()) > 0;
    }, 'the approved reply');
    expect(await approved.textContent()).toContain('<i>Nour</i>');
    expect(await page.inputValue('#reply-text')).toBe('Half a sent');
    expect(spine.live.timeline('part')).not.toBeNull();
  });
});
