import { describe, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import type { CardPainter } from '../../server/cards/card-painter.ts';
import { SideProcessEnded } from '../../server/side-process.ts';
import { limits } from '../../shared/limits.ts';
import type { NewUpdate } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { openSite, type Site, site } from './support.ts';

const the = site();

const publish = async (more: Partial<NewUpdate> = {}, slug = 'gaza') =>
  expectOk(await the().spine.desk.publish(editor, slug, development(more))).update;
const timeline = async (slug: string, language: string) =>
  expectOk(await the().spine.desk.createTimeline(admin, { ...gaza, slug, language }));
const cardAt = async (path: string): Promise<Buffer> => {
  const { body, headers } = await the().request.get(path).buffer(true).expect(200);
  expect(headers['content-type']).toBe('image/png');
  return body;
};

/** Dark pixels of the band in which a headline begins, left and right of the middle. */
async function inkOf(png: Buffer): Promise<{ left: number; right: number }> {
  const { data, info } = await sharp(png)
    .extract({ left: 0, top: 180, width: 1200, height: 300 })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = { left: 0, right: 0 };
  for (let at = 0; at < data.length; at += info.channels)
    if ((data[at] ?? 255) < 128) ink[(at / info.channels) % info.width < info.width / 2 ? 'left' : 'right'] += 1;
  return ink;
}

describe('the picture that goes with a link', () => {
  test('CARD1 a day, its latest page and an update name theirs, with its size and what it says', async () => {
    const { url } = await publish();
    const { request, url: origin } = the();
    for (const [path, picture] of [
      ['/gaza', '/gaza/day/124/card.png'],
      ['/gaza/day/124', '/gaza/day/124/card.png'],
      [url, `${url}/card.png`],
    ] as const) {
      const { text } = await request.get(path).expect(200);
      const address = /<meta property="og:image" content="([^"]+)">/.exec(text)?.[1] ?? '';
      expect(address.split('?')[0]).toBe(origin + picture);
      for (const tag of ['og:image:width" content="1200"', 'og:image:height" content="630"', 'og:image:alt" content="'])
        expect(text).toContain(`<meta property="${tag}`);
      expect(text).toContain('<meta name="twitter:card" content="summary_large_image">');
      expect(text).toContain(`"image":["${address}"]`);
      expect(await sharp(await cardAt(address.slice(origin.length))).metadata()).toMatchObject({
        format: 'png',
        width: 1200,
        height: 630,
      });
    }
    expect((await request.get('/gaza/days')).text).not.toContain('og:image');
  });

  test('CARD2 letters are joined as their script has it, and lines begin where the language begins', async () => {
    await timeline('arabic', 'ar');
    const words = { language: 'ar', body: '' };
    const { url } = await publish({ ...words, headline: 'بيت' }, 'arabic');
    const { url: apart } = await publish({ ...words, headline: 'ب\u200cي\u200cت' }, 'arabic');
    const joined = await inkOf(await cardAt(`${url}/card.png`));
    expect(joined.right).toBeGreaterThan(200);
    expect(joined.left).toBe(0);
    expect(joined).not.toEqual(await inkOf(await cardAt(`${apart}/card.png`)));
    const english = await publish({ headline: 'House' });
    expect(await inkOf(await cardAt(`${english.url}/card.png`))).toMatchObject({ right: 0 });
    // Text that begins with a word of the other direction still runs its own way.
    const mixed = await publish({ headline: 'UN', language: 'he', body: '' });
    expect(await inkOf(await cardAt(`${mixed.url}/card.png`))).toMatchObject({ left: 0 });
  });

  test.each([
    ['without a headline', { headline: '', body: '<p>The first sentence. The second.</p>' }],
    ['with the longest headline', { headline: `${'A long word '.repeat(24)}${'x'.repeat(10)}` }],
    ['with one word that never ends', { headline: 'x'.repeat(300) }],
    ['with what could be markup', { headline: '<span size="999999">&amp; <b' }],
    ['with pictures in its text', { headline: '🚨 Breaking 🇺🇦' }],
  ])('CARD2 a card is drawn for an update %s', async (_what, more) => {
    const { url } = await publish(more);
    const ink = await inkOf(await cardAt(`${url}/card.png`));
    expect(ink.left).toBeGreaterThan(100);
  });

  test('CARD3 words that were corrected are drawn anew; a retracted headline is struck; what was taken down is gone', async () => {
    const { desk } = the().spine;
    const update = await publish({ headline: 'As it was' });
    const path = `${update.url}/card.png`;
    const first = await cardAt(path);
    expect(await cardAt(path)).toEqual(first);
    expectOk(await desk.revise(editor, 'gaza', update.id, 1, { headline: 'As it is', correction: 'It was wrong.' }));
    const second = await cardAt(path);
    expect(second).not.toEqual(first);
    expectOk(await desk.revise(editor, 'gaza', update.id, 2, { status: 'retracted', reason: 'It was wrong.' }));
    expect(await cardAt(path)).not.toEqual(second);
    expectOk(await desk.remove(editor, 'gaza', update.id, 'legal'));
    await the().request.get(path).expect(410);
    expect((await the().request.get(update.url)).text).not.toContain('og:image');
  });

  test('CARD4 there is none of what is not public or not there', async () => {
    const draft = await publish({ status: 'draft' });
    for (const path of [
      `${draft.url}/card.png`,
      '/gaza/updates/none/card.png',
      '/gaza/day/9999/card.png',
      '/no/day/1/card.png',
    ])
      expect((await the().request.get(path).expect(404)).headers['content-type']).toContain('application/problem+json');
  });
});

describe('drawing', () => {
  type Painting = CardPainter['paint'];
  async function withPainter(paint: Painting, run: (site: Site) => Promise<void>): Promise<void> {
    const other = await openSite({ ...the().spine, end: async () => undefined }, { painter: { paint } });
    await run(other).finally(() => other.end());
  }

  test('CARD5 a card is drawn once for all who ask, and not again where nothing on it has changed', async () => {
    const { id, url } = await publish({ headline: 'Drawn once' });
    const paint = jest.fn<Painting>(async () => Buffer.from('png'));
    await withPainter(paint, async ({ request }) => {
      await Promise.all([1, 2, 3].map((n) => request.get(`${url}/card.png?v=${n}`).expect(200)));
      await publish({ headline: 'Something else' });
      await request.get(`${url}/card.png`).expect(200);
      expect(paint).toHaveBeenCalledTimes(1);
      expectOk(await the().spine.desk.revise(editor, 'gaza', id, 1, { headline: 'Other words' }));
      await request.get(`${url}/card.png`).expect(200);
      expect(paint).toHaveBeenCalledTimes(2);
    });
  });

  test('CARD5 who asks for more than anybody shows is told to come back, and so are all while too many wait', async () => {
    const { url } = await publish({ headline: 'Asked for often' });
    await withPainter(
      async () => Buffer.from('png'),
      async ({ request, as }) => {
        const credentials = await as({ role: 'reporter' });
        for (let asked = 0; asked < limits.cardsPerMinute; asked++)
          await request.get(`${url}/card.png`).set(credentials).expect(200);
        const refused = await request.get(`${url}/card.png`).set(credentials).expect(429);
        expect(refused.headers['retry-after']).toMatch(/^\d+$/);
      },
    );
    const many = await Promise.all(Array.from({ length: 31 }, (_, n) => publish({ headline: `Card ${n}` })));
    let draw: (png: Buffer) => void = () => undefined;
    const drawn = new Promise<Buffer>((resolve) => {
      draw = resolve;
    });
    await withPainter(
      () => drawn,
      async ({ request }) => {
        const asked = many.map(({ url: one }) =>
          request.get(`${one}/card.png`).then(({ status }) => {
            if (status === 503) draw(Buffer.from('png'));
            return status;
          }),
        );
        const statuses = await Promise.all(asked);
        expect(statuses.filter((status) => status === 503)).toHaveLength(1);
        expect(statuses.filter((status) => status === 200)).toHaveLength(30);
      },
    );
  });

  test('CARD5 a card that could not be drawn in time is told to be asked for again', async () => {
    const { url } = await publish({ headline: 'Never drawn' });
    await withPainter(
      () => Promise.reject(new SideProcessEnded('too late')),
      async ({ request }) => {
        const { body, headers } = await request.get(`${url}/card.png`).expect(503);
        expect([body.code, headers['retry-after']]).toEqual(['overloaded', '5']);
      },
    );
  });

  test('CARD6 oEmbed names the picture of a day and of an update', async () => {
    const { url } = await publish();
    const { request, url: origin } = the();
    for (const path of ['/gaza/day/124', url]) {
      const { body } = await request.get(`/oembed?url=${encodeURIComponent(origin + path)}`).expect(200);
      expect(body).toMatchObject({
        thumbnail_url: `${origin}${path}/card.png`,
        thumbnail_width: 1200,
        thumbnail_height: 630,
      });
    }
    const { body } = await request.get(`/oembed?url=${encodeURIComponent(`${origin}/gaza`)}`).expect(200);
    expect(body.thumbnail_url).toBeUndefined();
  });
});
