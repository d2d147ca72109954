import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredImage } from '../../server/store/images-store.ts';
import type { Place } from '../../server/store/place.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';

const day = 86_400_000;

/** What every implementation of the images’ port must do, together with the commits that show images. */
export function describeImagesStore(name: string, placeOf: () => Place): void {
  describe(`the store of images on ${name}`, () => {
    let spine: Spine;
    let count = 0;
    beforeAll(async () => {
      spine = await startSpine({ place: placeOf() });
      for (const slug of ['gaza', 'kyiv']) expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
    });
    afterAll(() => spine.end());

    async function added(now = 0, slug = 'gaza'): Promise<StoredImage> {
      const id = (++count).toString(16).padStart(20, '0');
      const variants = [{ url: `/media/${slug}/${id}/64.webp`, width: 64, type: 'image/webp' }];
      const image = { id, width: 64, height: 48, variants, uploadedAt: '2026-11-26T00:00:00.000Z', by: 'x' };
      await spine.images.add(slug, image, now);
      return image;
    }
    const shown = (image: StoredImage) => [{ id: image.id, alt: 'x' }];
    const publish = async (image: StoredImage, more: object = {}) =>
      expectOk(await spine.desk.publish(editor, 'gaza', development({ images: shown(image), ...more }))).update;
    const release = async (what: { removedUpdate?: string; unused?: readonly string[] }) =>
      (await spine.images.release('gaza', what, 1)).map(({ id }) => id).sort();
    const stateOf = ({ id }: StoredImage) => spine.images.state('gaza', id);

    test('MED11 an image is found in its timeline alone, whole', async () => {
      const [one, other] = [await added(), await added(0, 'kyiv')];
      expect([...(await spine.images.find('gaza', [one.id, other.id, 'none'])).values()]).toEqual([one]);
      expect(await spine.images.find('gaza', [])).toEqual(new Map());
      expect([await stateOf(one), await stateOf(other)]).toEqual(['kept', 'unknown']);
    });

    test('MED14 what an update or a draft shows, or showed in an earlier revision, is not released; all else is', async () => {
      const [first, second, drafted, loose] = [await added(), await added(), await added(), await added()];
      const { id } = await publish(first);
      expectOk(await spine.desk.revise(editor, 'gaza', id, 1, { images: shown(second) }));
      const draft = await publish(drafted, { status: 'draft' });
      const all = [first, second, drafted, loose].map((image) => image.id);
      expect(await release({ unused: all })).toEqual([loose.id]);
      expect(await Promise.all([first, second, drafted, loose].map(stateOf))).toEqual(['kept', 'kept', 'kept', 'gone']);
      // A draft has no earlier revisions that anybody could see.
      expectOk(await spine.desk.revise(editor, 'gaza', draft.id, 1, { images: [] }));
      expect(await release({ unused: all })).toContain(drafted.id);
    });

    test('MED13 what was taken down gives up what nobody else shows; an update that still stands gives up nothing', async () => {
      const [own, shared] = [await added(), await added()];
      const { id } = await publish(own, { images: [...shown(own), ...shown(shared)] });
      await publish(shared);
      expect(await release({ removedUpdate: id })).toEqual([]);
      expectOk(await spine.desk.remove(editor, 'gaza', id, 'x'));
      expect([await stateOf(own), await stateOf(shared)]).toEqual(['gone', 'kept']);
    });

    test('MED15 of an update that takes up an image and a release of it at once, one finds the other done', async () => {
      for (let round = 0; round < 20; round++) {
        const image = await added();
        const [published, released] = await Promise.all([
          spine.desk.publish(editor, 'gaza', development({ images: shown(image) })),
          release({ unused: [image.id] }),
        ]);
        expect([published.ok, released.includes(image.id), await stateOf(image)]).toEqual(
          published.ok ? [true, false, 'kept'] : [false, true, 'gone'],
        );
      }
    });

    test('MED16 what is gone is named again until its files are deleted too', async () => {
      const image = await added();
      expect(await release({ unused: [image.id] })).toEqual([image.id]);
      expect(await release({ unused: [image.id] })).toEqual([image.id]);
      expect((await spine.images.waiting('gaza', { unused: -1, removed: 1 })).images).toContain(image.id);
      await spine.images.buried('gaza', [image.id]);
      expect((await spine.images.waiting('gaza', { unused: -1, removed: day })).images).not.toContain(image.id);
      expect(await stateOf(image)).toBe('gone');
    });

    test('MED14 an upload waits as long as was said, from its own time on', async () => {
      const [early, late] = [await added(10 * day), await added(11 * day)];
      const waiting = async (unused: number) => {
        const { images } = await spine.images.waiting('gaza', { unused, removed: 0 });
        return [early, late].map(({ id }) => images.includes(id));
      };
      expect(await waiting(10 * day - 1)).toEqual([false, false]);
      expect(await waiting(10 * day)).toEqual([true, false]);
      expect(await waiting(11 * day)).toEqual([true, true]);
      await publish(late);
      expect(await waiting(11 * day)).toEqual([true, false]);
    });
  });
}
