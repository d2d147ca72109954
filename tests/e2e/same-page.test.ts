import { expect, test } from '@jest/globals';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { admin, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { bothMains } from './both-mains.ts';
import { isLive, type Stage, stage, withoutChance } from './support.ts';

const on = stage();

/** Numbers that look random and are the same at each run (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const hours = [
  '2024-02-07',
  '2024-02-07T09:00:00+02:00',
  '2024-02-07T18:20:00+02:00',
  '2024-02-07T18:20:30+02:00',
  '2024-02-06T10:00:00+02:00',
];

const minute = (random: (below: number) => number): string =>
  `2024-02-07T${String(random(24)).padStart(2, '0')}:${String(random(60)).padStart(2, '0')}:00+02:00`;

/** `ties`: several at the same moment, whose order only the server may know. */
function someText(random: (below: number) => number, ties: boolean): Partial<NewUpdate> {
  const words = `${random(1000)} & <b>${random(1000)}</b>`;
  return {
    occurredAt: (ties && hours[random(hours.length)]) || minute(random),
    headline: random(4) === 0 ? '' : `Headline ${words}`,
    body: `<p>First sentence ${words}. Second one “quoted”.</p><p>More</p>`,
    key: random(3) === 0,
    pinned: random(6) === 0,
    language: random(5) === 0 ? 'ar' : 'en',
  };
}

/** One thing that a newsroom may do next. */
async function doSomething(
  stage: Stage,
  slug: string,
  shown: Update[],
  random: (below: number) => number,
  ties: boolean,
) {
  const { spine, publish } = stage;
  const { desk } = spine;
  const at = random(shown.length);
  const { id, revision, status } = shown[at] ?? {};
  const put = (update: Update) => shown.splice(at, 1, update);
  spine.clock.ms += 61_000;
  if (shown.length < 4 || id === undefined || revision === undefined || random(3) === 0) {
    shown.push(await publish(someText(random, ties), slug));
    return;
  }
  const what = random(6);
  if (what === 0) {
    expectOk(await desk.remove(admin, slug, id, 'legal'));
    shown.splice(at, 1);
  } else if (what === 1 && status === 'published') {
    put(expectOk(await desk.revise(admin, slug, id, revision, { status: 'retracted', reason: 'It was wrong.' })));
  } else if (what === 2) {
    const { revision: before } = expectOk(await spine.desk.read(admin, slug, id));
    put(expectOk(await desk.revise(admin, slug, id, before, { correction: `It was ${random(1000)}.`, key: true })));
  } else {
    put(expectOk(await desk.revise(admin, slug, id, revision, someText(random, ties))));
  }
}

test.each([1, 2, 3, 4])(
  'PAGE32 a page that stays open is the page that is served, whatever the newsroom does (seed %i)',
  async (seed) => {
    const { timeline, publish, open, site, spine } = on();
    const slug = `seed-${seed}`;
    const random = seeded(seed);
    await timeline({ slug });
    const shown = [await publish({ occurredAt: '2024-02-07T12:00:00+02:00' }, slug)];
    const page = await open('about:blank');
    await page.addInitScript(withoutChance);
    await page.goto(`${site.url}/${slug}/day/124`);
    await isLive(page);
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 6; i++) await doSomething(on(), slug, shown, random, seed % 2 === 1);
      if (round === 4) {
        const point = { text: 'Written by an editor.', updates: shown.slice(0, 2).map(({ id }) => id) };
        expectOk(await spine.desk.summarise(admin, slug, 124, 0, { sections: [{ heading: null, points: [point] }] }));
      }
      const { epoch, seq } = spine.live.timeline(slug)?.position ?? { epoch: '', seq: 0 };
      await page.waitForSelector(`html[data-position="${epoch}:${seq}"]`, { state: 'attached' });
      // Where only the server knows an order, the page is fetched again; that may take a moment more.
      let last = { open: '', served: '-' };
      await waitFor(
        async () => {
          last = await bothMains(page);
          return last.open === last.served;
        },
        'the same page',
        { withinMs: 4_000 },
      ).catch(() => expect(last.open).toBe(last.served));
    }
  },
);

test('PAGE32 the previous and next day follow what is published nearer by, and what goes from there', async () => {
  const { timeline, publish, open, spine } = on();
  const slug = 'neighbours';
  await timeline({ slug });
  await publish({ occurredAt: '2024-02-01T12:00:00+02:00' }, slug);
  await publish({}, slug);
  const page = await open(`/${slug}`);
  await isLive(page);
  const before = await publish({ occurredAt: '2024-02-05T12:00:00+02:00' }, slug);
  await page.waitForSelector('nav [rel="prev"] >> text=122nd day');
  const after = await publish({ occurredAt: '2024-02-09T12:00:00+02:00' }, slug);
  await page.waitForSelector('nav [rel="next"] >> text=126th day');
  expectOk(await spine.desk.remove(admin, slug, before.id, 'x'));
  await page.waitForSelector('nav [rel="prev"] >> text=118th day');
  expectOk(await spine.desk.revise(admin, slug, after.id, 1, { occurredAt: '2024-02-10T12:00:00+02:00' }));
  await page.waitForSelector('nav [rel="next"] >> text=127th day');
  expect(await page.locator('h1').innerText()).toContain('124th day');
});
