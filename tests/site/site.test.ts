import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verify } from '../../server/newsroom/verify.ts';
import { makeSite } from '../../server/site/make-site.ts';
import { fileFor } from '../../server/site/site-paths.ts';
import { parsePosition } from '../../shared/position.ts';
import type { NewUpdate } from '../../shared/update.ts';
import { launchChromium } from '../e2e/support.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { browseSite } from './browse-site.ts';
import { checkFiles } from './check-site.ts';
import { serveFiles } from './file-server.ts';
import { filesIn, walk } from './site-walk.ts';

const folder = temporaryFolder();
const plain = join(folder.path, 'plain');
const named = join(folder.path, 'named');
const publicUrl = 'https://archive.example.org/gaza';
let spine: Spine;
let wrong = '';

const make = (target: string, url: string | null = null) =>
  makeSite({ ...spine, clock: spine.clock.now, publicFolder: 'dist/public' }, 'gaza', target, url);
const read = (name: string, from = plain): string => readFileSync(join(from, name), 'utf8');

beforeAll(async () => {
  spine = await startSpine();
  const { desk } = spine;
  expectOk(await desk.createTimeline(admin, gaza));
  const publish = async (more: Partial<NewUpdate> = {}) => {
    spine.clock.ms += 1_000;
    return expectOk(await desk.publish(editor, 'gaza', development(more))).update.id;
  };
  const links =
    '<p>See <a href="/gaza/day/124">the day</a>, <a href="/elsewhere">here</a>, <a href="https://x.example/">there</a>: href="/no"</p>';
  await publish({ headline: 'Ceasefire talks in Cairo', body: links, key: true });
  await publish({ headline: 'وقف إطلاق النار في القاهرة', language: 'ar', occurredAt: '2024-02-05', tags: ['هدنة'] });
  const corrected = await publish({ headline: 'Corrected', occurredAt: '2024-02-03' });
  expectOk(await desk.revise(editor, 'gaza', corrected, 1, { headline: 'Now right', correction: 'It was wrong.' }));
  wrong = await publish({ headline: 'Unbearable sentence' });
  for (let n = 0; n < 8; n++) await publish({ headline: `Many ${n}`, occurredAt: '2024-02-01T10:00:00Z', body: '' });
  await make(plain);
});
afterAll(async () => {
  await spine.end();
  folder.remove();
});

describe('a timeline as files', () => {
  test('SITE1 every page has its file, and every link leads to one or out', () => {
    const { links, broken, outside } = walk(plain);
    expect(broken).toEqual([]);
    expect(links).toBeGreaterThan(150);
    expect(new Set(outside)).toEqual(new Set(['https://x.example/']));
    const files = filesIn(plain);
    expect(files.filter((name) => name.startsWith('updates/'))).toHaveLength(12);
    expect(files.filter((name) => name.startsWith('day/'))).toHaveLength(4);
    for (const name of ['index.html', 'days.html', 'key.html', 'corrections.html', 'search.html', 'export.ndjson'])
      expect(files).toContain(name);
    // What follows on a long day is a page of its own.
    expect(fileFor('/gaza/day/124?after=WyIyMDI0Il0', 'gaza')).toMatch(/^day\/124-[0-9a-f]{10}\.html$/);
    // What only looks like a link is text, and stays as it was written.
    expect(read('day/124.html')).toContain('href="/no"');
  });

  test('SITE2 nothing is live, and every page says that it is a copy', () => {
    for (const name of filesIn(plain).filter((file) => file.endsWith('.html'))) {
      const html = read(name).replaceAll(/<style>[\s\S]*?<\/style>/g, '');
      expect(html).toContain('Archived copy. It is not followed live.');
      expect(html).not.toMatch(
        /type="module"|data-position|data-connection|data-new-updates|archive\.invalid|action="/,
      );
      expect(html.includes('<script')).toBe(name === 'search.html');
    }
  });

  test('SITE3 the sums are those of the files, and the head is proved by the server', async () => {
    const sums = read('SHA256SUMS');
    const sha = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(join(plain, name)))
        .digest('hex');
    const listed = sums
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  '));
    expect(listed.map(([, name]) => name)).toEqual(
      filesIn(plain).filter((name) => !/^(SHA256SUMS|manifest\.json)$/.test(name)),
    );
    for (const [sum, name = ''] of listed) expect([name, sha(name)]).toEqual([name, sum]);
    const { hash, position, sums: ofSums } = JSON.parse(read('manifest.json'));
    expect(ofSums).toBe(sha('SHA256SUMS'));
    expect(
      await verify(spine.store, 'gaza', { hash, position: parsePosition(position) ?? { epoch: '', seq: 0 } }),
    ).toMatchObject({ ok: true });
  });

  test('SITE5 words are found from a disk, in any form and by their beginning', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const search = async (question: string): Promise<string[]> => {
        await page.goto(`${pathToFileURL(join(plain, 'search.html'))}?q=${encodeURIComponent(question)}`);
        await page.waitForFunction(() => document.querySelector('#archive-found')?.textContent !== '');
        return page.locator('#archive-hits a').allTextContents();
      };
      expect(await search('cairo CEASEFIRE')).toEqual(['Ceasefire talks in Cairo']);
      expect(await search('ceasef')).toEqual(['Ceasefire talks in Cairo']);
      expect(await search('قاهرة')).toEqual(['وقف إطلاق النار في القاهرة']);
      expect(await search('nowhere')).toEqual([]);
      expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
      await search('unbearable');
      await page.locator('#archive-hits a').first().click();
      await page.waitForSelector(`#u-${wrong}`);
      expect(await page.title()).toContain('Unbearable sentence');
    } finally {
      await browser.close();
    }
  });

  test('SITE6 with its address it names itself, and has feeds of its own files', async () => {
    await make(named, publicUrl);
    const { broken, outside } = walk(named);
    expect(broken).toEqual([]);
    const own = outside.filter((link) => link.startsWith(publicUrl)).map((link) => link.slice(publicUrl.length + 1));
    expect(own.filter((name) => name !== '' && !filesIn(named).includes(name))).toEqual([]);
    expect(read('day/124.html', named)).toContain(`<link rel="canonical" href="${publicUrl}/day/124.html">`);
    const atom = read('feed.atom', named);
    expect(atom).toMatch(/href="https:\/\/archive\.example\.org\/gaza\/updates\/\w+\.html"/);
    expect(atom + read('feed.rss', named) + read('feed.json', named)).not.toContain('archive.invalid');
  });

  test('SITE7 from a plain file server every page opens in a browser, and every link leads to what is there', async () => {
    const served = join(folder.path, 'served');
    const server = await serveFiles(served);
    const browser = await launchChromium();
    try {
      await make(served, server.url);
      const { pages, links, outside, faults } = await browseSite(server.url, browser);
      expect(faults).toEqual([]);
      const html = filesIn(served).filter((name) => name.endsWith('.html'));
      expect([...pages].sort()).toEqual(html.map((name) => `${server.url}/${name}`).sort());
      expect(links).toBeGreaterThan(200);
      expect([...outside]).toEqual(['https://x.example/']);
      expect(checkFiles(served, pages)).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  });

  test('SITE4 again nothing is written; after a takedown its text is in no file', async () => {
    expect((await make(plain)).written).toBe(0);
    expectOk(await spine.desk.remove(editor, 'gaza', wrong, 'law'));
    const { written } = await make(plain);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(60);
    for (const name of filesIn(plain)) expect([name, read(name).includes('Unbearable')]).toEqual([name, false]);
    expect(filesIn(plain)).not.toContain(`updates/${wrong}.html`);
    expect(walk(plain).broken).toEqual([]);
  });
});
