import { describe, expect, test } from '@jest/globals';
import type { NewUpdate } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { site } from './support.ts';

const the = site();
const rafah = { name: 'Rafah', latitude: 31.29, longitude: 34.25 };
const khanYounis = { name: 'Khan Younis', latitude: 31.345, longitude: 34.303 };
let slugs = 0;

async function timeline(language = 'en'): Promise<{
  slug: string;
  publish: (more?: Partial<NewUpdate>) => Promise<{ id: string; url: string }>;
}> {
  const slug = `map-${++slugs}`;
  const { desk } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug, language }));
  return {
    slug,
    publish: async (more = {}) => expectOk(await desk.publish(editor, slug, development(more))).update,
  };
}

const read = async (path: string, status = 200): Promise<string> => (await the().request.get(path).expect(status)).text;

describe('the map of a day', () => {
  test('PLACE1 a place that an update names leads to it on the map of its day', async () => {
    const { slug, publish } = await timeline();
    const { id, url } = await publish({ place: rafah });
    const way = `<a href="/${slug}/day/124/map#p-${id}">Rafah</a>`;
    expect(await read(`/${slug}/day/124`)).toContain(way);
    expect(await read(url)).toContain(way);
    expect(await read(`/${slug}/day/124/map`)).toMatch(
      new RegExp(`<li id="p-${id}"><a href="${url}">Something happened</a>`),
    );
  });

  test('PLACE2 it marks each place once, with all that happened there, and says the same as a list', async () => {
    const { slug, publish } = await timeline();
    await publish({ place: rafah, headline: 'First' });
    await publish({ place: rafah, headline: 'Second', key: true });
    await publish({ place: khanYounis, headline: 'Third' });
    await publish({ headline: 'Nowhere' });
    const text = await read(`/${slug}/day/124/map`);
    const points = [...text.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(points).toHaveLength(2);
    // North is up and east is right.
    const [third, first] = points as [[number, number], [number, number]];
    expect([third[0] > first[0], third[1] < first[1]]).toEqual([true, true]);
    for (const [x, y] of points as [number, number][]) expect(x > 0 && x < 640 && y > 0 && y < 440).toBe(true);
    expect(text).toMatch(/<a href="#place-2" tabindex="-1" class="key">/);
    expect([...text.matchAll(/<li id="place-\d+"><h2 dir="auto">([^<]*)/g)].map(([, name]) => name)).toEqual([
      'Khan Younis',
      'Rafah',
    ]);
    for (const headline of ['First', 'Second', 'Third']) expect(text).toContain(`>${headline}</a>`);
    expect(text).not.toContain('Nowhere');
    expect(text).toContain('<path class="land" d="M');
  });

  test('PLACE3 what is retracted or taken down marks nothing any more; a day without places has no map', async () => {
    const { slug, publish } = await timeline();
    const { desk } = the().spine;
    const [one, other] = [await publish({ place: rafah }), await publish({ place: khanYounis })];
    expectOk(await desk.revise(editor, slug, one.id, 1, { status: 'retracted', reason: 'It was wrong.' }));
    expect(await read(`/${slug}/day/124/map`)).not.toContain('Rafah');
    expect(await read(`/${slug}/day/124`)).not.toContain(`map#p-${one.id}`);
    expectOk(await desk.remove(editor, slug, other.id, 'legal'));
    expect(await read(`/${slug}/day/124/map`, 404)).not.toContain('Khan Younis');
    await read(`/${slug}/day/9999/map`, 404);
  });

  test('PLACE4 countries are named in the language of the page, and Crimea is not cut off', async () => {
    const { slug, publish } = await timeline('ar');
    await publish({ place: { name: 'سيمفيروبول', latitude: 44.95, longitude: 34.1 } });
    await publish({ place: { name: 'كييف', latitude: 50.45, longitude: 30.52 } });
    const text = await read(`/${slug}/day/124/map`);
    expect(text).toContain('>أوكرانيا</text>');
    expect(text).toContain('<html lang="ar" dir="rtl"');
    const [, borders = ''] = /class="border" d="([^"]*)"/.exec(text) ?? [];
    const [crimea = { x: 0, y: 0 }] = [...text.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)]
      .map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
      .sort((a, b) => b.y - a.y);
    const near = [...borders.matchAll(/([\d.]+),([\d.]+)/g)].filter(
      ([, x, y]) => Math.hypot(Number(x) - crimea.x, Number(y) - crimea.y) < 50,
    );
    expect(borders).not.toBe('');
    expect(near).toEqual([]);
  });
});
