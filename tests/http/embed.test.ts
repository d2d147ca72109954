import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readEmbedAssets } from '../../server/http/embed/embed-assets.ts';
import { keepRelease } from '../../server/http/embed/kept-releases.ts';
import { DraftDesk } from '../../server/newsroom/draft-desk.ts';
import { applyToEmbed, type EmbedView } from '../../shared/embed.ts';
import { checkOembed } from '../conventions/oembed-rules.ts';
import { randomFrom } from '../support/random.ts';
import { admin, development, editor, expectOk } from '../support/spine.ts';
import { get } from './raw.ts';
import { site } from './support.ts';

const the = site();
const publish = async (more: object = {}) =>
  expectOk(await the().spine.desk.publish(editor, 'gaza', development(more))).update;
const viewAt = async (query = ''): Promise<EmbedView> =>
  JSON.parse((await get(the().url, `/api/v1/timelines/gaza/embed${query}`)).body.toString());
const ids = ({ updates }: EmbedView): string[] => updates.map(({ id }) => id);

let first: { id: string; url: string };
beforeAll(async () => {
  first = await publish({ key: true, headline: 'First “&” <last>' });
  for (let at = 0; at < 30; at++) await publish({ occurredAt: `2024-02-0${1 + (at % 6)}`, headline: `Number ${at}` });
});

describe('embeds', () => {
  test('EMB1 any site may frame it, or those that the timeline names, and none may frame anything else', async () => {
    const policyOf = async (path: string) => {
      const { headers } = await get(the().url, path);
      const [, ancestors] = /frame-ancestors ([^;]+)/.exec(String(headers['content-security-policy'])) ?? [];
      return [ancestors, headers['x-frame-options']];
    };
    expect(await policyOf('/embed/gaza')).toEqual(['*', undefined]);
    expect(await policyOf('/embed/nowhere')).toEqual(['*', undefined]);
    const { store, live, desk, library } = the().spine;
    const drafts = new DraftDesk({ store, live, writes: desk.writes, images: library });
    for (const [embedHosts, expected] of [
      [['news.example.org', 'https://*.example.net'], "'self' news.example.org https://*.example.net"],
      [[], "'self'"],
      [null, '*'],
    ] as const) {
      const { revision } = await store.settings('gaza');
      expectOk(await drafts.reviseSettings(admin, 'gaza', revision, { embedHosts: embedHosts && [...embedHosts] }));
      expect(await policyOf('/embed/gaza')).toEqual([expected, undefined]);
    }
    for (const path of [
      '/gaza',
      '/embed.js',
      '/oembed',
      '/gaza/feed.atom',
      '/api/v1/timelines/gaza/embed',
      '/newsroom',
    ])
      expect(await policyOf(path)).toEqual(["'none'", 'DENY']);
  });

  test('EMB1 who has a document is told when other sites may frame it', async () => {
    const { store, live, desk, library } = the().spine;
    const drafts = new DraftDesk({ store, live, writes: desk.writes, images: library });
    const { headers } = await get(the().url, '/embed/gaza');
    const known = { 'If-None-Match': String(headers.etag) };
    expect((await get(the().url, '/embed/gaza', known)).status).toBe(304);
    const { revision } = await store.settings('gaza');
    expectOk(await drafts.reviseSettings(admin, 'gaza', revision, { embedHosts: ['only.example'] }));
    const again = await get(the().url, '/embed/gaza', known);
    expect(again.status).toBe(200);
    expect(again.headers['content-security-policy']).toContain("frame-ancestors 'self' only.example");
    expectOk(await drafts.reviseSettings(admin, 'gaza', revision + 1, { embedHosts: null }));
  });

  test('EMB13 the sites that show it are counted by their names, and nothing else', async () => {
    const hosts = async () =>
      JSON.parse((await get(the().url, '/api/v1/timelines/gaza/embed-hosts', the().admin)).body.toString()).hosts;
    expect(await hosts()).toEqual([]);
    const ask = (path: string, headers: Record<string, string>) => get(the().url, path, headers);
    for (const referer of ['https://news.example.org/some/page?reader=7', 'https://news.example.org/'])
      await ask('/embed/gaza', { Referer: referer });
    await ask('/api/v1/timelines/gaza/embed', { Origin: 'http://Blog.Example:8080' });
    // Ours, a file’s, a sandbox’s, a lie’s.
    for (const origin of [the().url, 'null', 'file:///home/x', 'https://', `https://${'x'.repeat(300)}.example`])
      await ask('/api/v1/timelines/gaza/embed', { Origin: origin });
    await ask('/gaza', { Referer: 'https://search.example/' });
    const found: { host: string; loads: number }[] = await hosts();
    expect(found.map(({ host, loads }) => [host, loads])).toEqual([
      ['news.example.org', 2],
      ['blog.example:8080', 1],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/page|reader|127\.0/);
    const unknown = await get(the().url, '/api/v1/timelines/nowhere/embed-hosts', the().admin);
    expect(unknown.status).toBe(404);
  });

  test('EMB1 search engines are told to leave it, and where the page is', async () => {
    const { headers, body } = await get(the().url, '/embed/gaza?day=124&theme=dark');
    expect(headers['x-robots-tag']).toBe('noindex');
    const html = body.toString();
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).toContain(`<link rel="canonical" href="${the().url}/gaza/day/124">`);
    expect(html).not.toContain('ld+json');
    expect(html).toContain('data-theme="dark"');
    expect(html).toMatch(/data-position="\w+:\d+"/);
    expect(html).toContain(`id="u-${first.id}"`);
  });

  test('EMB2 the latest, a day, its summary, one update; key developments alone; so many', async () => {
    expect((await viewAt()).updates.length).toBe(20);
    expect(ids(await viewAt('?limit=1'))).toEqual([first.id]);
    expect((await viewAt('?limit=40')).updates.length).toBe(31);
    expect(ids(await viewAt('?key=1'))).toEqual([first.id]);
    const day = await viewAt('?day=122');
    expect(day.updates.every((update) => update.day === 122)).toBe(true);
    expect(ids(await viewAt(`?update=${first.id}`))).toEqual([first.id]);
    expect((await viewAt('?summary=1&day=124')).summary).toMatchObject({ day: 124, automatic: true });
    for (const query of ['limit=0', 'limit=101', 'day=x', 'key=yes', 'summary=0'])
      expect((await get(the().url, `/api/v1/timelines/gaza/embed?${query}`)).status).toBe(422);
    expect((await get(the().url, '/embed/gaza?theme=pink')).status).toBe(422);
    for (const path of ['/embed/nowhere', '/embed/gaza?day=999999', '/embed/gaza?update=none'])
      expect((await get(the().url, path)).status).toBe(404);
    const gone = await publish();
    expectOk(await the().spine.desk.remove(editor, 'gaza', gone.id, 'x'));
    expect((await get(the().url, `/embed/gaza?update=${gone.id}`)).status).toBe(410);
  });

  test('EMB11 an open embed is, after each change, what the server would give, or is fetched again', async () => {
    const random = randomFrom(6);
    const { desk, live } = the().spine;
    const some = ['?limit=5', '?limit=40', '?key=1&limit=3', '?day=124', '?summary=1&day=124', `?update=${first.id}`];
    const open = new Map(await Promise.all(some.map(async (query) => [query, await viewAt(query)] as const)));
    let followed = 0;
    for (let round = 0; round < 30; round++) {
      const before = live.timeline('gaza')?.position;
      if (!before) throw new Error('no timeline');
      const shown = open.get('?limit=40')?.updates ?? [];
      const one = shown[Math.floor(random() * shown.length)];
      const act = random();
      if (act < 0.5 || !one)
        await publish({ key: random() < 0.5, occurredAt: `2024-02-07T1${Math.floor(random() * 10)}:00:00+02:00` });
      else if (act < 0.7)
        expectOk(
          await desk.revise(editor, 'gaza', one.id, one.revision, { key: !one.key, headline: `Round ${round}` }),
        );
      else if (act < 0.8)
        expectOk(await desk.revise(editor, 'gaza', one.id, one.revision, { occurredAt: '2024-02-06T10:00:00+02:00' }));
      else if (one.id !== first.id) expectOk(await desk.remove(editor, 'gaza', one.id, 'x'));
      const found = await live.since('gaza', before, 10);
      if (found.reset) throw new Error('reset');
      for (const [query, view] of open) {
        let next: EmbedView | 'stale' = view;
        for (const change of found.changes) next = next === 'stale' ? next : applyToEmbed(next, change);
        const fresh = await viewAt(query);
        if (next !== 'stale') followed += 1;
        const { timeline: _a, title: _b, path: _c, ...told } = next === 'stale' ? fresh : next;
        const { timeline: _d, title: _e, path: _f, ...truth } = fresh;
        expect([query, told]).toEqual([query, truth]);
        open.set(query, fresh);
      }
    }
    expect(followed).toBeGreaterThan(90);
  });

  test('EMB12 the script is for any site, brief under its name and for ever under its version, with a hash to pin', async () => {
    const rolling = await get(the().url, '/embed.js');
    expect(rolling.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
    const version = createHash('sha256').update(rolling.body).digest('hex').slice(0, 16);
    const pinned = await get(the().url, `/embed/${version}.js`);
    expect(pinned.body).toEqual(rolling.body);
    expect(pinned.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get(the().url, '/embed/0123456789abcdef.js')).status).toBe(404);
    const [, widget = ''] = /(\/assets\/embed-widget-[\w-]+\.js)/.exec(rolling.body.toString()) ?? [];
    expect((await get(the().url, widget)).headers['access-control-allow-origin']).toBe('*');
  });

  test('EMB14 the script names every file that it may load with its hash, what is imported first', async () => {
    const { loader } = readEmbedAssets('dist/public');
    const rolling = (await get(the().url, '/embed.js')).body.toString();
    for (const [name, text] of loader.files) {
      expect(rolling).toContain(`"/assets/${name}","sha384-${createHash('sha384').update(text).digest('base64')}"`);
      expect((await get(the().url, `/assets/${name}`)).body.toString()).toBe(text);
      for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/([\w-]+\.js)/g))
        expect(loader.files.has(imported)).toBe(true);
    }
    const named = [...rolling.matchAll(/"\/assets\/([\w-]+)-[\w-]{8}\.js"/g)].map(([, name]) => name);
    expect(named.indexOf('summary')).toBeLessThan(named.indexOf('embed-widget'));
    expect(named).toEqual(expect.arrayContaining(['ar', 'en', 'stream-channel', 'polling-channel']));
  });

  test('EMB15 what a page has pinned answers whichever release runs, with all that it loads', async () => {
    const { embedReleases } = the().spine;
    const { loader } = readEmbedAssets('dist/public');
    await keepRelease(embedReleases, loader);
    expect(await embedReleases.read(`${loader.version}.js`)).toBe(loader.text);
    for (const [name, text] of loader.files) expect(await embedReleases.read(name)).toBe(text);
    const files = new Map([['embed-widget-earlier.js', 'export {}']]);
    await keepRelease(embedReleases, { version: 'fedcba9876543210', text: '/* earlier */', integrity: '', files });
    for (const [path, text] of [
      ['/embed/fedcba9876543210.js', '/* earlier */'],
      ['/assets/embed-widget-earlier.js', 'export {}'],
    ] as const) {
      const { body, headers } = await get(the().url, path);
      expect(body.toString()).toBe(text);
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
    expect((await get(the().url, '/embed/embed-widget-earlier.js')).status).toBe(404);
    expect((await get(the().url, '/assets/fedcba9876543211.js')).status).toBe(404);
  });
});

describe('oEmbed', () => {
  const ask = (url: string, more = '') => get(the().url, `/oembed?url=${encodeURIComponent(url)}${more}`);

  test('OE1 timelines, days, summaries and updates are known, and keep the checklist', async () => {
    for (const path of ['/gaza', '/gaza#summary', '/gaza/day/124', '/gaza/day/124#summary', first.url]) {
      const answer = await ask(the().url + path, '&format=json&unknown=1');
      expect(checkOembed(answer, { origin: the().url, address: the().url + path })).toEqual([]);
      const { html } = JSON.parse(answer.body.toString());
      const [, src = ''] = / src="([^"]+)"/.exec(html) ?? [];
      expect((await get(the().url, src.replaceAll('&amp;', '&').slice(the().url.length))).status).toBe(200);
    }
    const latest = JSON.parse((await ask(`${the().url}/gaza#summary`)).body.toString());
    expect(latest.title).toBe((await viewAt('?summary=1')).title);
    const small = JSON.parse((await ask(`${the().url}/gaza`, '&maxwidth=300&maxheight=200')).body.toString());
    expect([small.width, small.height]).toEqual([300, 200]);
  });

  test('OE2 nothing else is, and nothing is asked on anybody’s behalf', async () => {
    for (const url of [
      'https://other.example/gaza',
      'http://127.0.0.1:1/gaza',
      `${the().url}/gaza/days`,
      `${the().url}/nowhere`,
      'x',
      `${the().url}@evil/gaza`,
      'file:///etc/passwd',
    ])
      expect([url, (await ask(url)).status]).toEqual([url, 404]);
    expect((await get(the().url, '/oembed')).status).toBe(422);
    expect((await ask(`${the().url}/gaza`, '&format=xml')).status).toBe(501);
    const gone = await publish();
    expect((await ask(the().url + gone.url)).status).toBe(200);
    expectOk(await the().spine.desk.remove(editor, 'gaza', gone.id, 'x'));
    expect((await ask(the().url + gone.url)).status).toBe(404);
  });

  test('OE3 pages say where it is', async () => {
    for (const path of ['/gaza/day/124', first.url]) {
      const page = (await get(the().url, path)).body.toString();
      const [, href = ''] =
        /<link rel="alternate" type="application\/json\+oembed" title="[^"]+" href="([^"]+)">/.exec(page) ?? [];
      expect(href.replaceAll('&amp;', '&')).toBe(
        `${the().url}/oembed?url=${encodeURIComponent(the().url + path)}&format=json`,
      );
      expect((await get(the().url, href.replaceAll('&amp;', '&').slice(the().url.length))).status).toBe(200);
    }
  });
});
