import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { site } from '../http/support.ts';
import { type Laden, ladenImages, marker, picture } from './laden-images.ts';
import { upload } from './upload.ts';

const here = site();
let laden: Laden[] = [];
beforeAll(async () => {
  laden = await ladenImages();
});
afterAll(() => {
  laden = [];
});

/** What a hunter for metadata would look for in a file: the marker in plain or UTF-16, and any container of metadata. */
function findings(bytes: Buffer): string[] {
  const hidden = [Buffer.from(marker), Buffer.from(marker, 'utf16le'), Buffer.from('31.5N'), Buffer.from('<x:xmpmeta')];
  const containers = [
    'Exif\0\0',
    'EXIF',
    'XMP ',
    'Photoshop',
    '8BIM',
    'ICC_PROFILE',
    'tEXt',
    'zTXt',
    'iTXt',
    'eXIf',
    'iCCP',
  ];
  return [...hidden, ...containers.map((text) => Buffer.from(text, 'latin1'))]
    .filter((wanted) => bytes.includes(wanted))
    .map((wanted) => wanted.toString('latin1'));
}

/** Text in a PNG may be compressed: then the marker is there, but not to be seen. */
const isPacked = (name: string): boolean => /^png: (?:zTXt|XMP)/.test(name);

describe('what a file gives away', () => {
  test('MED1 of forty files that carry a position, names, text, thumbnails or other files no byte is stored or served', async () => {
    expect(laden.length).toBeGreaterThanOrEqual(40);
    const told: string[] = [];
    for (const { name, bytes, location } of laden) {
      expect([name, bytes.includes(marker) || isPacked(name)]).toEqual([name, true]);
      const answer = await upload(here(), bytes);
      expect([name, answer.status]).toEqual([name, 201]);
      const removed = answer.headers['daymark-removed'] ?? '';
      if (removed.includes('location') !== location) told.push(`${name}: ${removed}`);
      const [first] = answer.body.variants;
      const served = await here().request.get(first.url).buffer(true);
      expect([name, findings(served.body as Buffer)]).toEqual([name, []]);
    }
    expect(told).toEqual([]);
    const files = readdirSync(here().spine.mediaFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(laden.length);
    for (const { parentPath, name } of files) expect(findings(readFileSync(join(parentPath, name)))).toEqual([]);
  });

  test('MED2 an image stands upright, in sRGB, whatever its file said of turning and colour', async () => {
    const red = sharp({ create: { width: 40, height: 20, channels: 3, background: '#ff0000' } });
    const turned = await red.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const upright = await upload(here(), turned);
    expect(upright.body).toMatchObject({ width: 20, height: 40 });
    const wide = await upload(here(), await red.clone().withIccProfile('p3').png().toBuffer());
    const file = readFileSync(join(here().spine.mediaFolder, wide.body.variants[0].url.replace('/media/', '')));
    const metadata = await sharp(file).metadata();
    expect(metadata).toMatchObject({ space: 'srgb', hasProfile: false });
    const [r = 0, g = 255] = await sharp(file).raw().toBuffer();
    expect(r).toBeGreaterThan(240);
    expect(g).toBeLessThan(20);
  });

  test('MED3 an image is there in steps of width, never enlarged: WebP, and JPEG or (see-through) PNG for what does not know it', async () => {
    const large = await upload(here(), await picture(2_400, 1_000).jpeg().toBuffer());
    const widths = (type: string) =>
      large.body.variants
        .filter((one: { type: string }) => one.type === type)
        .map(({ width }: { width: number }) => width);
    expect(large.body).toMatchObject({ width: 2_400, height: 1_000 });
    expect(widths('image/webp')).toEqual([320, 640, 960, 1280, 1920]);
    expect(widths('image/jpeg')).toEqual([640, 1280]);
    const small = await upload(here(), await picture(100, 50).ensureAlpha(0.5).png().toBuffer());
    expect(small.body.variants.map(({ width, type }: { width: number; type: string }) => [width, type])).toEqual([
      [100, 'image/webp'],
      [100, 'image/png'],
    ]);
    for (const { url, width, type } of [...large.body.variants, ...small.body.variants]) {
      const file = readFileSync(join(here().spine.mediaFolder, url.replace('/media/', '')));
      const metadata = await sharp(file).metadata();
      expect([metadata.width, `image/${metadata.format}`]).toEqual([width, type]);
    }
  });
});
