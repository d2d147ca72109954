import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { MediaUnavailable } from '../../server/media/media-storage.ts';
import { limits } from '../../shared/limits.ts';
import type { Image } from '../../shared/update.ts';
import { api, site } from '../http/support.ts';
import { admin, development, expectOk, gaza, startSpine } from '../support/spine.ts';
import { picture } from './laden-images.ts';
import { publishWith, upload } from './upload.ts';

const here = site();

async function newImage(slug = 'gaza'): Promise<Image> {
  const answer = await upload(here(), await picture().jpeg().toBuffer(), slug);
  expect(answer.status).toBe(201);
  return answer.body;
}
const urlOf = (image: Pick<Image, 'variants'>): string => image.variants[0]?.url ?? '';
const statusOf = async (image: Image): Promise<number> => (await here().request.get(urlOf(image))).status;
const isStored = (image: Image): boolean =>
  existsSync(join(here().spine.mediaFolder, urlOf(image).replace('/media/', '')));
const updates = `${api}/gaza/updates`;
const revise = (id: string, revision: number, patch: object) =>
  here()
    .request.patch(`${updates}/${id}`)
    .set({ ...here().admin, 'If-Match': `"${revision}"` })
    .send(patch);
const takeDown = (id: string) =>
  here().request.delete(`${updates}/${id}`).set(here().admin).send({ reason: 'A source is in it' });
/** Moves the clock past the time that an unused image is kept, and sweeps. */
async function sweepLater(): Promise<void> {
  here().spine.clock.ms += limits.unusedImageHours * 3_600_000 + 1;
  await here().spine.library.sweep('gaza');
}

describe('images of updates', () => {
  test('MED10 an update names images by their ids and carries them whole; words about them are kept, alt is required', async () => {
    const image = await newImage();
    expect(Object.keys(image)).toEqual(['id', 'width', 'height', 'variants']);
    const made = await publishWith(here(), [], {
      images: [{ id: image.id, alt: ' A school ', caption: 'In Rafah', credit: null }],
    });
    expect(made.status).toBe(201);
    expect(made.body.images).toEqual([
      {
        id: image.id,
        alt: 'A school',
        caption: 'In Rafah',
        credit: null,
        width: 64,
        height: 48,
        variants: image.variants,
      },
    ]);
    const read = await here().request.get(`${updates}/${made.body.id}`);
    expect(read.body.images).toEqual(made.body.images);
    const exported = await here().request.get(`${api}/gaza/export.ndjson`);
    expect(exported.text).toContain(urlOf(image));
    const bare = await publishWith(here(), [], { images: [{ id: image.id }] });
    expect([bare.status, bare.body.errors[0].path]).toEqual([422, '/images/0/alt']);
    const kept = await revise(made.body.id, 1, { headline: 'Another headline' });
    expect(kept.body.images).toEqual(made.body.images);
  });

  test('MED11 an image that was never uploaded, or belongs to another timeline, is refused with its place', async () => {
    await here().spine.desk.createTimeline(admin, { ...gaza, slug: 'kyiv' });
    const [own, foreign] = [await newImage(), await newImage('kyiv')];
    const answer = await publishWith(here(), [own, foreign, { id: '0'.repeat(20) }, own]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/images/1/id',
      '/images/2/id',
      '/images/3/id',
    ]);
    const nowhere = await upload(here(), await picture().jpeg().toBuffer(), 'nowhere');
    expect(nowhere.status).toBe(404);
  });

  test('MED12 a variant is served for good: its type, its size, no script, from any origin; 304, HEAD, and 404 for what is none', async () => {
    const image = await newImage();
    const answer = await here().request.get(urlOf(image)).buffer(true);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['set-cookie']).toBeUndefined();
    const etag = answer.headers['etag'] ?? '';
    expect((await here().request.get(urlOf(image)).set('If-None-Match', etag)).status).toBe(304);
    const head = await here().request.head(urlOf(image));
    expect([head.status, head.headers['content-length']]).toEqual([200, String(answer.body.length)]);
    for (const path of [
      `/media/gaza/${'0'.repeat(20)}/64.webp`,
      urlOf(image).replace('.webp', '.svg'),
      urlOf(image).replace('64.', '65.'),
      urlOf(image).replace('gaza', 'kyiv'),
      `/media/gaza/${image.id}/..%2f..%2fsecret.png`,
      `/media/..%2f/${image.id}/64.webp`,
    ])
      expect([path, (await here().request.get(path)).status]).toEqual([path, 404]);
  });

  test('MED13 a takedown deletes what the update showed in any of its wordings and answers 410; what another update shows stays', async () => {
    const [first, second, shared] = [await newImage(), await newImage(), await newImage()];
    const { body: one } = await publishWith(here(), [first, shared]);
    const { body: other } = await publishWith(here(), [shared]);
    await revise(one.id, 1, { images: [{ id: second.id, alt: 'x' }] });
    await sweepLater();
    expect(await Promise.all([first, second, shared].map(statusOf))).toEqual([200, 200, 200]);
    expect((await takeDown(one.id)).status).toBe(204);
    expect(await Promise.all([first, second, shared].map(statusOf))).toEqual([410, 410, 200]);
    expect([first, second, shared].map(isStored)).toEqual([false, false, true]);
    await takeDown(other.id);
    expect([await statusOf(shared), isStored(shared)]).toEqual([410, false]);
    const again = await publishWith(here(), [first]);
    expect([again.status, again.body.errors[0].path]).toEqual([422, '/images/0/id']);
  });

  test('MED14 an upload that nobody shows is deleted after a day, one that a draft or a revision shows is not', async () => {
    const [unused, drafted, dropped, published] = [
      await newImage(),
      await newImage(),
      await newImage(),
      await newImage(),
    ];
    const { body: draft } = await publishWith(here(), [drafted, dropped], { status: 'draft' });
    await publishWith(here(), [published]);
    await here().spine.library.sweep('gaza');
    expect(await statusOf(unused)).toBe(200);
    await revise(draft.id, 1, { images: [{ id: drafted.id, alt: 'x' }] });
    await sweepLater();
    expect(await Promise.all([unused, drafted, dropped, published].map(statusOf))).toEqual([410, 200, 410, 200]);
    await here().request.delete(`${api}/gaza/drafts/${draft.id}`).set(here().admin);
    expect(await statusOf(drafted)).toBe(410);
  });

  test('MED15 an update can’t take up an image that is on its way out, whoever is faster', async () => {
    const { images } = here().spine;
    for (let round = 0; round < 3; round++) {
      const image = await newImage();
      const { body: old } = await publishWith(here(), [image]);
      const [, made] = await Promise.all([takeDown(old.id), publishWith(here(), [image])]);
      const state = await images.state('gaza', image.id);
      expect([made.status, state]).toEqual(made.status === 201 ? [201, 'kept'] : [422, 'gone']);
      if (made.status === 201) expect([await statusOf(image), isStored(image)]).toEqual([200, true]);
    }
  });

  test('MED16 where the storage is away a takedown counts all the same, and the files go with the next sweep', async () => {
    const spine = await startSpine();
    expectOk(await spine.desk.createTimeline(admin, gaza));
    const { image } = expectOk(await spine.library.add(admin, 'gaza', await picture().jpeg().toBuffer()));
    const { update } = expectOk(
      await spine.desk.publish(admin, 'gaza', development({ images: [{ id: image.id, alt: 'x' }] })),
    );
    const stored = async () => (await spine.storage.get(`gaza/${image.id}`, '64.webp')) !== null;
    const { remove } = spine.storage;
    spine.storage.remove = async () => {
      throw new MediaUnavailable('away');
    };
    expectOk(await spine.desk.remove(admin, 'gaza', update.id, 'x'));
    expect([await spine.images.state('gaza', image.id), await stored()]).toEqual(['gone', true]);
    spine.storage.remove = remove;
    await spine.library.sweep('gaza');
    expect(await stored()).toBe(false);
    expect(await spine.images.waiting('gaza', { unused: spine.clock.ms, removed: spine.clock.ms })).toEqual({
      images: [],
      updates: [],
    });
    await spine.end();
  });
});
