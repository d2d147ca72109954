import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { chooseEncoding } from '../../server/http/encoding.ts';
import { development, editor, expectOk } from '../support/spine.ts';
import { get } from './raw.ts';
import { api, site } from './support.ts';

const the = site();
const day = `${api}/gaza/days/124`;
const publish = async (more: object = {}) =>
  expectOk(await the().spine.desk.publish(editor, 'gaza', development(more))).update;

const cached = [
  '/',
  '/gaza',
  '/gaza/day/124',
  '/gaza/days',
  api,
  `${api}/gaza`,
  `${api}/gaza/days`,
  day,
  '/api/v1/openapi.json',
  '/docs/api',
  '/docs/problems',
  '/robots.txt',
];

describe('conditional requests', () => {
  test.each(cached)('HTTP10 who has the present %s is told so', async (path) => {
    const first = await get(the().url, path);
    const { etag = '', 'cache-control': control = '', vary } = first.headers;
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(control).toMatch(/^public, max-age=\d+$/);
    // Pages are others for who saves data.
    expect(vary).toMatch(/^Accept-Encoding(, Save-Data)?$/);
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(the().url, path, { 'If-None-Match': header });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
      expect(again.headers).toMatchObject({ 'cache-control': control, vary });
    }
    expect((await get(the().url, path, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('HTTP10 the version counts, not the encoding it was had in', async () => {
    await publish({ body: `<p>${'Long enough. '.repeat(40)}</p>` });
    const plain = await get(the().url, day);
    const packed = await get(the().url, day, { 'Accept-Encoding': 'br', 'If-None-Match': String(plain.headers.etag) });
    expect([packed.status, packed.headers.etag]).toEqual([304, plain.headers.etag]);
  });

  test('HTTP12 HEAD answers the headers of GET and nothing else', async () => {
    for (const path of [...cached, '/nowhere', `${api}/nowhere`, '/healthz', `${api}/gaza/export.ndjson`]) {
      const got = await get(the().url, path);
      const head = await get(the().url, path, {}, 'HEAD');
      const { date: _a, 'transfer-encoding': _b, connection: _c, 'keep-alive': _d, ...expected } = got.headers;
      expect(head.status).toBe(got.status);
      expect(head.headers).toMatchObject(expected);
      expect(head.body.length).toBe(0);
    }
  });
});

describe('encodings', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*', 'br'],
    ['deflate', 'identity'],
  ])('HTTP11 Accept-Encoding %s gets %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding);
    expect(chooseEncoding(header)).toBe(encoding);
  });

  test.each(['/gaza/day/124', day, '/api/v1/openapi.json'])(
    'HTTP11 %s is the same in each encoding, under a tag of its own',
    async (path) => {
      await publish({ body: `<p>${'Long enough. '.repeat(40)}</p>` });
      const plain = await get(the().url, path);
      const br = await get(the().url, path, { 'Accept-Encoding': 'br' });
      const gzip = await get(the().url, path, { 'Accept-Encoding': 'gzip' });
      expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
      expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
      expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
      expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
      for (const { headers, body } of [plain, br, gzip]) expect(headers['content-length']).toBe(String(body.length));
    },
  );

  test('HTTP11 what is made for one asker is compressed too', async () => {
    const { body } = await the().request.post(`${api}/gaza/updates`).set(the().admin).send(development());
    const answer = await get(the().url, `${api}/gaza/updates/${body.id}`, { ...the().admin, 'Accept-Encoding': 'br' });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(JSON.parse(brotliDecompressSync(answer.body).toString())).toEqual(body);
  });
});

describe('freshness', () => {
  test('HTTP13 after an acknowledged write every reader’s next answer shows it', async () => {
    const { request, admin } = the();
    for (let i = 0; i < 10; i++) {
      const { body } = await request
        .post(`${api}/gaza/updates`)
        .set(admin)
        .send(development({ headline: `Number ${i}` }))
        .expect(201);
      const [json, page, latest, timeline, all] = await Promise.all(
        [day, '/gaza/day/124', '/gaza', `${api}/gaza`, api].map((path) => request.get(path)),
      );
      const { position } = timeline?.body ?? {};
      expect(json?.body.updates.some(({ id }: { id: string }) => id === body.id)).toBe(true);
      expect([json?.body.position, all?.body.timelines[0].position]).toEqual([position, position]);
      for (const html of [page?.text, latest?.text]) {
        expect(html).toContain(`id="u-${body.id}"`);
        expect(html).toContain(`data-position="${position}"`);
      }
    }
  });

  test('HTTP13 a new timeline is listed at once', async () => {
    const { request, admin } = the();
    await request.get('/').expect(200);
    await request.get('/later').expect(404);
    await request
      .post(api)
      .set(admin)
      .send({ slug: 'later', title: 'Came later', subject: 'x', dayOne: '2026-01-01', timeZone: 'UTC' })
      .expect(201);
    expect((await request.get('/')).text).toContain('Came later');
    await request.get('/later').expect(200);
  });

  test('HTTP16 midnight in the conflict’s zone turns its answers over, and not the server’s', async () => {
    const { request, spine } = the();
    const today = async () => [
      (await request.get(`${api}/gaza`)).body.today.day,
      (await request.get(api)).body.timelines[0].today.day,
    ];
    spine.clock.ms = Date.parse('2026-11-23T21:59:59.999Z');
    expect(await today()).toEqual([1144, 1144]);
    await request.get(`${api}/gaza/days/1145`).expect(404);
    spine.clock.ms += 1;
    expect(await today()).toEqual([1145, 1145]);
    await request.get(`${api}/gaza/days/1145`).expect(200);
    expect((await request.get('/gaza')).text).toContain('1145th day');
    spine.clock.ms -= 1;
    expect(await today()).toEqual([1144, 1144]);
  });
});
