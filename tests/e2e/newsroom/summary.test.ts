import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Summary } from '../../../shared/summary.ts';
import { editor, expectOk } from '../../support/spine.ts';
import { looks, stage, violations } from '../support.ts';
import { signedInAs } from './staff.ts';

const on = stage();
let slug = '';
let count = 0;

const publish = (headline: string, more: object = {}) =>
  on().publish({ headline, body: '', occurredAt: `2024-02-07T${10 + (count++ % 9)}:00:00+02:00`, ...more }, slug);
const open = async (): Promise<Page> => {
  const page = await on().open(`/newsroom/${slug}/days/124/summary`, await signedInAs('admin', on()));
  // The first page of a suite waits for the whole application.
  await page.waitForSelector('.summary-section', { timeout: 45_000 });
  return page;
};
const published = async (): Promise<Summary | null> =>
  (await (await fetch(`${on().site.url}/api/v1/timelines/${slug}/days/124`)).json()).summary;
const pointsOf = (summary: Summary | null) =>
  summary?.sections.map(({ heading, points }) => [heading, ...points.map(({ text }) => text)]);
const texts = (page: Page) =>
  page.locator('.point textarea').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));
const saysPublished = (page: Page) => page.waitForSelector('text=The summary is published.');

beforeEach(async () => {
  slug = `summary-${++count}`;
  await on().timeline({ slug });
});

describe('the summary editor', () => {
  test('SUME1, SUME2, SUME3 begins with the key developments, and by keyboard alone becomes a summary with sections', async () => {
    await publish('Dam breaks', { key: true });
    await publish('Talks begin', { key: true });
    await publish('Aid arrives');
    const page = await open();
    expect(await texts(page)).toEqual(expect.arrayContaining(['Dam breaks', 'Talks begin']));
    await page.getByRole('button', { name: 'Section', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[aria-label="Heading of section 2"]').focus();
    await page.keyboard.type('Humanitarian');
    await page.locator('.update-head', { hasText: 'Aid arrives' }).focus();
    await page.keyboard.press('a');
    await page.waitForSelector('text=Added as 1 of 1 in Humanitarian.');
    await page.locator('.update-head', { hasText: 'Dam breaks' }).focus();
    await page.keyboard.press('t');
    await page.locator('.point textarea').nth(1).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForSelector('text=Moved to 1 of 2');
    await page.keyboard.press('End');
    await page.keyboard.type(' today');
    const [first = '', second = ''] = await texts(page);
    expect(first).toContain(' today');
    await page.getByRole('button', { name: 'Publish', exact: true }).focus();
    await page.keyboard.press('Enter');
    await saysPublished(page);
    const summary = await published();
    expect(pointsOf(summary)).toEqual([
      [null, first, second],
      ['Humanitarian', 'Aid arrives'],
    ]);
    expect(summary?.sections[1]?.points[0]?.updates).toHaveLength(2);
    expect(on().complaints).toEqual([]);
  });

  test('SUME1 an update is dragged to its place among the points', async () => {
    await publish('One', { key: true });
    await publish('Two', { key: true });
    await publish('Dragged');
    const page = await open();
    await page
      .locator('.day-updates li', { hasText: 'Dragged' })
      .dragTo(page.locator('.point').first(), { targetPosition: { x: 60, y: 4 } });
    await page.waitForFunction(() => document.querySelectorAll('.point').length === 3);
    expect((await texts(page))[0]).toBe('Dragged');
    await page.locator('.point .grip').first().dragTo(page.locator('.summary-section > .button'));
    await page.waitForFunction(
      () => document.querySelectorAll<HTMLTextAreaElement>('.point textarea')[2]?.value === 'Dragged',
    );
  });

  test('SUME4 unpublished work survives a closed tab', async () => {
    await publish('One', { key: true });
    const page = await open();
    await page.locator('.point textarea').fill('Half a senten');
    const again = await page.context().newPage();
    await page.close();
    await again.goto(`${on().site.url}/newsroom/${slug}/days/124/summary`);
    await again.waitForSelector('text=is here again');
    expect(await texts(again)).toEqual(['Half a senten']);
    await again.getByRole('button', { name: 'Discard' }).click();
    expect(await texts(again)).toEqual(['One']);
  });

  test('SUME7 what a colleague has published meanwhile is shown beside one’s own, merged, and neither is lost', async () => {
    const one = await publish('One', { key: true });
    const page = await open();
    await page.locator('.point textarea').fill('Mine');
    const sections = [{ heading: null, points: [{ text: 'Theirs', updates: [one.id] }] }];
    expectOk(await on().spine.desk.summarise(editor, slug, 124, 0, { sections }));
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.waitForSelector('.stale');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await saysPublished(page);
    expect(pointsOf(await published())).toEqual([[null, 'Mine', 'Theirs']]);
  });

  test('SUME5, SUME6 says what has changed of a cited update, and brings an earlier version back', async () => {
    const one = await publish('Ten were hurt', { key: true });
    const write = async (revision: number, text: string) =>
      expectOk(
        await on().spine.desk.summarise(editor, slug, 124, revision, {
          sections: [{ heading: null, points: [{ text, updates: [one.id] }] }],
        }),
      );
    await write(0, 'First');
    await write(1, 'Second');
    expectOk(
      await on().spine.desk.revise(editor, slug, one.id, 1, { headline: 'Twelve were hurt', correction: 'Two more.' }),
    );
    const page = await open();
    expect(await page.textContent('.changed-note')).toContain('corrected: Two more.');
    expect(await page.textContent('.changed-note del')).toBe('Ten');
    expect(await page.textContent('.changed-note ins')).toBe('Twelve');
    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await page.getByRole('button', { name: /Version 1/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bring it back' }).click();
    expect(await texts(page)).toEqual(['First']);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await saysPublished(page);
    await page.waitForSelector('.changed-note', { state: 'detached' });
    expect((await published())?.outdated).toEqual([]);
  });

  test('SUME8 a day without key flags gets a proposal that says what it is', async () => {
    for (const matter of ['dam', 'bridge', 'harbour', 'school', 'market'])
      await publish(`A ${matter} was hit in the north of the country on Wednesday`);
    const page = await open();
    await page.locator('.notice').getByRole('button', { name: 'Propose points' }).click();
    await page.waitForSelector('text=A proposal');
    expect((await texts(page)).length).toBe(3);
    expect(await published()).toBeNull();
  });

  test('SUME9 axe finds nothing wrong on a desk, nor on a phone in the dark, and nothing runs off the side', async () => {
    const one = await publish('A headline that is long enough to be cut off where it is tied to a point', {
      key: true,
    });
    const two = await publish('خبر', { key: true, language: 'ar' });
    const points = [one, two].map(({ headline, id }) => ({ text: headline, updates: [id] }));
    const sections = [
      { heading: null, points: points.slice(0, 1) },
      { heading: 'Diplomacy', points: points.slice(1) },
    ];
    expectOk(await on().spine.desk.summarise(editor, slug, 124, 0, { sections }));
    expectOk(await on().spine.desk.revise(editor, slug, one.id, 1, { headline: `${one.headline}, again` }));
    const page = await open();
    await page.waitForSelector('.changed-note');
    for (const look of looks) {
      await look.of(page);
      expect([look.name, await violations(page)]).toEqual([look.name, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
});
