import { expect, test } from '@jest/globals';
import { picture } from '../media/laden-images.ts';
import { admin, expectOk } from '../support/spine.ts';
import { stage } from './support.ts';

const on = stage();

test('MED20 the place of an image is kept before it arrives, on a desk and on a phone', async () => {
  const { image } = expectOk(
    await on().spine.library.add(admin, 'gaza', await picture(1_600, 1_000).jpeg().toBuffer()),
  );
  const { url } = await on().publish({ images: [{ id: image.id, alt: 'A street' }] });
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 800 },
  ]) {
    const page = await on().open('/gaza', { viewport });
    await page.route('**/media/**', () => undefined);
    await page.goto(on().site.url + url, { waitUntil: 'domcontentloaded' });
    const box = () => page.locator('figure img').boundingBox();
    const before = await box();
    expect(before?.height).toBeCloseTo((before?.width ?? 0) / 1.6, 0);
    expect(before?.width).toBeGreaterThan(300);
    await page.unroute('**/media/**');
    await page.goto(on().site.url + url);
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('figure img')?.complete);
    expect(await box()).toMatchObject({ width: before?.width, height: before?.height });
  }
});
