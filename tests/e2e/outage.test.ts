import { afterEach, expect, test } from '@jest/globals';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { bothMains } from './both-mains.ts';
import { type Line, openLine } from './line.ts';
import { isLive, stage, withoutChance } from './support.ts';

const on = stage();
/** `OUTAGE_SECONDS=60` makes it the minute that a reader may well be without a network. */
const outageMs = Number(process.env['OUTAGE_SECONDS'] ?? '1') * 1_000;

const blocked = {
  nothing: null,
  'the socket': /^GET \/socket\.io\//m,
  'socket and stream': /^GET (\/socket\.io\/|\/api\/v1\/timelines\/[^/]+\/stream)/m,
};
const lines: Line[] = [];
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});

test.each(Object.entries(blocked))(
  'OFF10 a page that was without a network is afterwards the page that a fresh load gets, with %s blocked',
  async (name, request) => {
    const { timeline, publish, open, site, spine } = on();
    const { desk } = spine;
    const slug = `outage-${name.replaceAll(' ', '-')}`;
    await timeline({ slug });
    const hour = (n: number) => ({ occurredAt: `2024-02-07T${String(n).padStart(2, '0')}:00:00+02:00` });
    const [wrong, gone] = [
      await publish({ ...hour(9), headline: 'Wrong', key: true }, slug),
      await publish({ ...hour(8), headline: 'To be taken down', key: true }, slug),
    ];
    const line = await openLine(site.url);
    lines.push(line);
    if (request) line.refuse(request);
    const page = await open('about:blank');
    // No waiting for chance: what is blocked is tried five times before the last means.
    await page.addInitScript(withoutChance);
    await page.goto(`${line.url}/${slug}/day/124`);
    await isLive(page);

    line.cut();
    await page.context().setOffline(true);
    await page.waitForSelector('[data-connection="offline"]');
    const until = performance.now() + outageMs;
    for (const n of [10, 11, 7, 12, 13]) await publish({ ...hour(n), headline: `At ${n}`, key: n === 12 }, slug);
    expectOk(await desk.revise(admin, slug, wrong.id, 1, { headline: 'Right', correction: 'It was wrong.' }));
    expectOk(await desk.remove(admin, slug, gone.id, 'legal'));
    await waitFor(() => performance.now() > until, 'the end of the outage', { withinMs: outageMs + 1_000 });
    expect(await page.locator('article').count()).toBe(2);
    line.mend();
    await page.context().setOffline(false);
    await isLive(page);

    let last = { open: '', served: '-' };
    await waitFor(
      async () => {
        last = await bothMains(page);
        return last.open === last.served;
      },
      'the same page',
      { withinMs: 4_000 },
    ).catch(() => expect(last.open).toBe(last.served));
    const headlines = await page.locator('article h3').allInnerTexts();
    expect(headlines).toEqual(['At 13', 'At 12', 'At 11', 'At 10', 'Right', 'At 7']);
    const fresh = await open(`/${slug}/day/124`);
    expect(await fresh.locator('article').evaluateAll((all) => all.map(({ id }) => id))).toEqual(
      await page.locator('article').evaluateAll((all) => all.map(({ id }) => id)),
    );
    expect((await page.content()).includes('To be taken down')).toBe(false);
  },
  60_000 + outageMs,
);
