import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { ImageFetcher } from '../../server/media/image-fetcher.ts';
import { DryRun } from '../../server/newsroom/dry-run.ts';
import { IllustratedImport } from '../../server/newsroom/illustrated-import.ts';
import { importRows } from '../../server/newsroom/import.ts';
import { planImport } from '../../server/newsroom/import-plan.ts';
import { RowImages } from '../../server/newsroom/row-images.ts';
import { limits } from '../../shared/limits.ts';
import type { Update } from '../../shared/update.ts';
import { admin, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { rss } from './foreign-support.ts';
import { type ImageServer, startImageServer } from './image-server.ts';
import { bytesOf, inChunks, job, recordsOf, withoutProgress } from './support.ts';

let spine: Spine;
let host: ImageServer;
let slug = '';
let slugs = 0;

beforeAll(async () => {
  spine = await startSpine();
  host = await startImageServer();
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  Object.assign(host.answers, {
    '/a.png': (_, res) => res.end(png),
    '/b.png': (_, res) => res.end(png),
    '/moved.png': (_, res) => res.writeHead(302, { Location: '/a.png' }).end(),
    '/round.png': (_, res) => res.writeHead(301, { Location: '/round.png' }).end(),
    '/inside.png': (_, res) => res.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    '/page.png': (_, res) => res.writeHead(200, { 'Content-Type': 'image/png' }).end('<svg onload="alert(1)"/>'),
    '/huge.png': (_, res) => res.writeHead(200, { 'Content-Length': limits.imageBytes + 1 }).end(),
    '/endless.png': (_, res) => {
      const more = (): void => {
        while (!res.destroyed && res.write(Buffer.alloc(1_048_576)));
      };
      res.on('drain', more);
      more();
    },
    '/silent.png': () => undefined,
  } satisfies ImageServer['answers']);
});
afterAll(async () => {
  host.close();
  await spine.end();
});
beforeEach(async () => {
  host.asked.length = 0;
  slug = `t${++slugs}`;
  expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
});

/** A feed with an item for each body. */
const feed = (...bodies: string[]): Uint8Array =>
  bytesOf(
    rss(
      bodies
        .map(
          (body, n) =>
            `<item><title>Item ${n}</title><guid>g${n}</guid><link>${host.url}/post/${n}</link><pubDate>Wed, 07 Feb 2024 18:20:00 +0200</pubDate><description><![CDATA[<p>Text</p>${body}]]></description></item>`,
        )
        .join(''),
    ),
  );
const image = (path: string, alt = 'A bridge'): string => `<img src="${host.url}${path}" alt="${alt}">`;

const wxrOf = (...items: string[]): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Desk</title>${items.join('')}</channel></rss>`;
const meta = (key: string, value: string | number): string =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`;
const attachment = (id: number, path: string, alt: string, caption: string): string =>
  `<item><title>x</title><wp:post_id>${id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><excerpt:encoded><![CDATA[${caption}]]></excerpt:encoded><wp:attachment_url>${host.url}${path}</wp:attachment_url>${meta('_wp_attachment_image_alt', alt)}</item>`;
const post = (id: number, thumbnail: number, body: string): string =>
  `<item><title>Item ${id}</title><guid>g${id}</guid><wp:post_id>${id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2024-02-07 16:20:00</wp:post_date_gmt><content:encoded><![CDATA[<p>Text</p>${body}]]></content:encoded>${meta('_edit_last', 1)}${meta('_thumbnail_id', thumbnail)}</item>`;

function illustrated(fetcher = new ImageFetcher({ allowsPrivate: true })): IllustratedImport {
  return new IllustratedImport({ ...spine, rowImages: new RowImages({ fetcher, library: spine.library }) });
}

async function rowsOf(file: Uint8Array) {
  return (await planImport(() => inChunks(file), { from: null, timeZone: 'Asia/Gaza' })).rows();
}

async function imports(file: Uint8Array, desk: Parameters<typeof job>[0] = illustrated()) {
  const records = await recordsOf({ ...job(desk, inChunks(file), { slug }), actor: admin, rows: await rowsOf(file) });
  const notices = withoutProgress(records).flatMap((record) =>
    'notice' in record ? [`${record.line} ${record.notice.replaceAll(host.url, '')}`] : [],
  );
  return { notices, last: records.at(-1) };
}

const updates = async (): Promise<Update[]> =>
  (await spine.store.day(slug, '2024-02-07')).updates.sort((a, b) => (a.headline < b.headline ? -1 : 1));

describe('images of an import', () => {
  test('MOVE13 are fetched where that is asked for, with the words of their source, and kept like uploads', async () => {
    const figure = `<figure>${image('/a.png', 'A bridge &amp; a river')}<figcaption>The <em>bridge</em></figcaption></figure>`;
    const file = feed(figure, `<img src="/b.png" alt="Beside it">${image('/moved.png')}`);
    expect(await imports(file)).toEqual({ notices: [], last: { imported: 2, refused: 0, replayed: 0 } });
    const [first, second] = await updates();
    expect(first?.images).toMatchObject([
      { alt: 'A bridge & a river', caption: 'The bridge', credit: null, width: 40, height: 30 },
    ]);
    expect(second?.images.map(({ alt }) => alt)).toEqual(['Beside it', 'A bridge']);
    const [variant] = first?.images[0]?.variants ?? [];
    const [, , , id = '', name = ''] = variant?.url.split('/') ?? [];
    expect(await spine.storage.get(`${slug}/${id}`, name)).not.toBeNull();
    expect(first?.body).not.toContain('<img');
  });

  test('MOVE16 the featured image of a WordPress post comes first, wherever in the file it stands, once if the text shows it too', async () => {
    const file = bytesOf(
      wxrOf(
        attachment(7, '/a.png', 'A bridge', 'At <em>dawn</em>'),
        post(1, 7, image('/b.png', 'Beside it')),
        post(2, 8, image('/b-300x200.png', 'In the text')),
        post(3, 9, ''),
        attachment(8, '/b.png', '', 'A caption'),
      ),
    );
    expect(await imports(file)).toEqual({
      notices: ['3 its featured image (9) is not in the file'],
      last: { imported: 3, refused: 0, replayed: 0 },
    });
    expect((await updates()).map(({ images }) => images.map(({ alt, caption }) => [alt, caption]))).toEqual([
      [
        ['A bridge', 'At dawn'],
        ['Beside it', null],
      ],
      [['In the text', 'A caption']],
      [],
    ]);
    expect(host.asked.sort()).toEqual(['/a.png', '/b.png', '/b.png']);
  });

  test('MOVE13 nobody is asked where it is not, or in a preview, which says what could be fetched', async () => {
    const file = feed(image('/a.png'), image('/b.png', ''));
    const preview = new DryRun(spine.store, spine.clock.now, { takesImages: true });
    expect((await imports(file, preview)).notices).toEqual([
      '2 image /b.png left out: its source has no alternative text for it',
    ]);
    expect(preview.images).toBe(1);
    expect((await imports(file, spine.desk)).notices).toEqual(['1 1 image left out', '2 1 image left out']);
    expect(host.asked).toEqual([]);
  });

  test('MOVE14 what can’t be taken is left out with its row and the reason; the row comes in without', async () => {
    const paths = ['/none.png', '/round.png', '/page.png', '/huge.png', '/endless.png'];
    const counter = `<img src="${host.url}/counter.gif" width="1" height="1" alt="x">`;
    const file = feed(
      ...paths.map((path) => image(path)),
      `${image('/a.png', '')}${image('/a_1.png', 'a_1')}${counter}<img src="data:image/png;base64,x" alt="Inline">${image('/b.png')}`,
    );
    const { notices, last } = await imports(file);
    expect(last).toEqual({ imported: 6, refused: 0, replayed: 0 });
    expect(notices).toEqual([
      '1 image /none.png left out: its server answered 404',
      '2 image /round.png left out: it leads from one address to the next',
      '3 image /page.png left out: An image is a JPEG, PNG, WebP or AVIF file.',
      '4 image /huge.png left out: it has more than 20 MiB',
      '5 image /endless.png left out: it has more than 20 MiB',
      '6 image /a.png left out: its source has no alternative text for it',
      '6 image /a_1.png left out: its alternative text is the name of a file',
      '6 image data:image/png;base64,x left out: it is no web address',
    ]);
    expect((await updates()).map(({ images }) => images.length)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(host.asked).not.toContain('/counter.gif');
  });

  test('MOVE14 who says nothing is not waited for', async () => {
    const hasty = illustrated(new ImageFetcher({ allowsPrivate: true, deadlineMs: 300 }));
    const { notices, last } = await imports(feed(image('/silent.png')), hasty);
    expect(notices).toEqual(['1 image /silent.png left out: it did not come within 0.3 s']);
    expect(last).toEqual({ imported: 1, refused: 0, replayed: 0 });
  });

  test('MOVE14 no address inside is asked, however it is written, also where one outside leads there', async () => {
    const { port } = new URL(host.url);
    const hosts = ['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0', 'localhost', '[::1]', '[::ffff:127.0.0.1]'];
    const inside = hosts.map((name) => `http://${name}:${port}/a.png`);
    const file = feed(inside.map((url) => `<img src="${url}" alt="Inside">`).join(''));
    const { notices } = await imports(file, illustrated(new ImageFetcher()));
    // Spellings of one address are one image.
    expect(notices.length).toBeGreaterThanOrEqual(4);
    for (const notice of notices) expect(notice).toContain('in a network that is not called');
    expect(host.asked).toEqual([]);
  });

  test('MOVE15 again, nothing is doubled or fetched twice; what failed the first time comes then', async () => {
    host.answers['/late.png'] = (_, res) => res.writeHead(503).end();
    const file = feed(image('/a.png'), image('/late.png'));
    expect((await imports(file)).notices).toHaveLength(1);
    host.answers['/late.png'] = host.answers['/b.png'] ?? (() => undefined);
    host.asked.length = 0;
    expect(await imports(file)).toEqual({ notices: [], last: { imported: 0, refused: 0, replayed: 2 } });
    expect(host.asked).toEqual(['/late.png']);
    expect((await updates()).map(({ images, revision }) => [images.length, revision])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    host.asked.length = 0;
    await imports(file);
    expect(host.asked).toEqual([]);
  });

  test('MOVE15 images come to rows that were imported without, but not to what somebody has revised since', async () => {
    const file = feed(image('/a.png'), image('/b.png'));
    await imports(file, spine.desk);
    const [, second] = await updates();
    expectOk(await spine.desk.revise(admin, slug, second?.id ?? '', 1, { tags: ['seen'] }));
    await imports(file);
    expect((await updates()).map(({ images }) => images.length)).toEqual([1, 0]);
    expect(host.asked).toEqual(['/a.png']);
  });

  test('MOVE15 an import that was killed half-way is completed by the same file, in the order of the file', async () => {
    const file = feed(...Array.from({ length: 12 }, () => image('/a.png')));
    const broken = importRows({
      ...job(illustrated(), inChunks(file), { slug, window: 4 }),
      actor: admin,
      rows: (async function* () {
        for await (const row of await rowsOf(file)) {
          if (row.line > 5) throw new Error('killed');
          yield row;
        }
      })(),
    });
    await expect(
      (async () => {
        for await (const _ of broken);
      })(),
    ).rejects.toThrow('killed');
    expect(await updates()).toHaveLength(5);
    expect((await imports(file)).last).toEqual({ imported: 7, refused: 0, replayed: 5 });
    expect((await updates()).map(({ images }) => images.length)).toEqual(Array.from({ length: 12 }, () => 1));
    const epoch = (await spine.store.timeline(slug))?.position.epoch ?? '';
    const log = await spine.store.changes(slug, { epoch, seq: 0 }, 100);
    const told = log.reset ? [] : log.changes.flatMap((change) => ('update' in change ? change.update.headline : []));
    expect(told).toEqual(Array.from({ length: 12 }, (_, n) => `Item ${n}`));
  });
});
