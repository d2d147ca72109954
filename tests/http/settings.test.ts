import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { limits } from '../../shared/limits.ts';
import type { Settings } from '../../shared/settings.ts';
import { picture } from '../media/laden-images.ts';
import { upload } from '../media/upload.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site();
const accent = { light: '#0b5394', dark: '#9fc5e8' };
let count = 0;
let slug = '';
let update = '';

const at = () => `${api}/${slug}/settings`;
const read = async (): Promise<Settings> => (await the().request.get(at()).set(the().admin).expect(200)).body;
const patch = async (body: object, revision?: number) =>
  the()
    .request.patch(at())
    .set(the().admin)
    .set('If-Match', `"${revision ?? (await read()).revision}"`)
    .send(body);

beforeAll(async () => {
  slug = `set-${++count}`;
  expectOk(await the().spine.desk.createTimeline(admin, { ...gaza, slug }));
  update = expectOk(await the().spine.desk.publish(editor, slug, development())).update.id;
});

/** What is at an image’s address when those that nobody shows have been deleted. */
async function statusOnceSwept(url: string): Promise<number> {
  const { spine, request } = the();
  spine.clock.ms += limits.unusedImageHours * 3_600_000 + 1;
  await spine.library.sweep(slug);
  return (await request.get(url)).status;
}

describe('settings', () => {
  test('SET1 a timeline that nobody has set anything for has settings, at revision 0', async () => {
    const { body, headers } = await the().request.get(at()).set(the().admin).expect(200);
    expect(body).toMatchObject({ appearance: { siteName: null, accent: null }, embedHosts: null, publisher: null });
    expect(headers).toMatchObject({ etag: '"0"', 'cache-control': 'private, no-store' });
  });

  test('SET1 what is given is replaced whole, all else stays, and every fault is listed', async () => {
    const publisher = { name: 'The Record', url: 'https://record.example' };
    expect((await patch({ publisher, embedHosts: ['Example.org'] })).body).toMatchObject({
      publisher: { ...publisher, logo: null, correctionsPolicy: null, publishingPrinciples: null },
      embedHosts: ['example.org'],
    });
    expect((await patch({ embedHosts: [] })).body).toMatchObject({ publisher: { name: 'The Record' }, embedHosts: [] });
    const refused = await patch({ embedHosts: ['a b'], publisher: {}, colour: 'red' });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/embedHosts/0',
      '/publisher/name',
      '/publisher/url',
      '/colour',
    ]);
    const stale = await patch({ embedHosts: null }, 0);
    expect([stale.status, stale.body.current.publisher.name]).toEqual([412, 'The Record']);
  });

  test('SET8 a logo stands in place of the name, is kept while it is set, and is an image of this timeline', async () => {
    const { request } = the();
    const sent = async (to: string) => (await upload(the(), await picture(640, 160).png().toBuffer(), to)).body;
    const [logo, foreign] = [await sent(slug), await sent('gaza')];
    const set = (id: string | null) =>
      patch({ appearance: { siteName: 'R', logo: id && { id, alt: 'The “Record”' } } });
    expect((await set(foreign.id)).body.errors).toEqual([
      { path: '/appearance/logo/id', message: 'no image of this timeline has this id' },
    ]);
    expect((await set(logo.id)).body.appearance.logo).toEqual({ ...logo, alt: 'The “Record”', dark: null });
    const page = async () => (await request.get(`/${slug}`).expect(200)).text;
    const [url] = logo.variants.map((variant: { url: string }) => variant.url);
    const shown = `<a href="/"><img class="logo" src="${url}" alt="The “Record”" width="640" height="160"></a>`;
    expect(await page()).toContain(shown);
    expect(await statusOnceSwept(url)).toBe(200);
    await set(null);
    expect(await page()).toContain('<a href="/">R</a>');
    expect(await statusOnceSwept(url)).toBe(410);
    expect((await set(logo.id)).status).toBe(422);
  });

  test('SET8 a second image is shown on dark paper, under the same rules', async () => {
    const { request } = the();
    const sent = async (width: number, to = slug) =>
      (await upload(the(), await picture(width, 160).png().toBuffer(), to)).body;
    const [light, dark, foreign] = [await sent(640), await sent(480), await sent(480, 'gaza')];
    const set = (id: string | null) => patch({ appearance: { logo: { id: light.id, alt: 'Record', dark: id } } });
    expect((await set(foreign.id)).body.errors).toEqual([
      { path: '/appearance/logo/dark', message: 'no image of this timeline has this id' },
    ]);
    expect((await set(dark.id)).body.appearance.logo).toEqual({ ...light, alt: 'Record', dark });
    const [url] = dark.variants.map((variant: { url: string }) => variant.url);
    expect((await request.get(`/${slug}`)).text).toContain(
      `<source media="(prefers-color-scheme: dark)" srcset="${url}" width="480" height="160">`,
    );
    expect(await statusOnceSwept(url)).toBe(200);
    await set(null);
    expect((await request.get(`/${slug}`)).text).not.toContain('<picture>');
    expect(await statusOnceSwept(url)).toBe(410);
    await patch({ appearance: {} });
  });

  test.each(['', '/days', '/day/124', '/updates/'])(
    'SET2 the page %s has the timeline’s own name and colour, named in its policy, as soon as they are set',
    async (path) => {
      const page = () =>
        the()
          .request.get(`/${slug}${path}${path === '/updates/' ? update : ''}`)
          .expect(200);
      await patch({ appearance: {} });
      const before = await page();
      expect(before.text).toContain('<a href="/">Daymark</a>');
      await patch({ appearance: { siteName: 'The <Record>', accent } });
      const after = await page();
      expect(after.text).toContain('<a href="/">The &lt;Record&gt;</a>');
      const style = [...after.text.matchAll(/<style>(.*?)<\/style>/g)].at(-1)?.[1] ?? '';
      expect(style).toContain(`--accent:${accent.light}`);
      const source = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
      expect(after.headers['content-security-policy']).toContain(source);
      expect(before.headers['content-security-policy']).not.toContain(source);
      expect((await the().request.get('/gaza')).text).toContain('<a href="/">Daymark</a>');
    },
  );

  test('SET2 what readers see of the settings is one change, with the record as it stands; all else is none', async () => {
    const seq = () => the().spine.live.timeline(slug)?.position.seq ?? 0;
    const first = seq();
    await patch({ appearance: { siteName: 'Another' } });
    expect(seq()).toBe(first + 1);
    const position = `${the().spine.live.timeline(slug)?.position.epoch}:${first}`;
    const { body } = await the().request.get(`${api}/${slug}/changes?since=${position}`);
    const record = (await the().request.get(`${api}/${slug}`)).body;
    expect(body.changes).toMatchObject([{ type: 'timeline.revised', day: null, record }]);
    expect(JSON.stringify(body)).not.toContain('Another');
    await patch({ appearance: { siteName: 'Another' } });
    await patch({ approval: true });
    await patch({ approval: false });
    expect(seq()).toBe(first + 1);
  });
});
