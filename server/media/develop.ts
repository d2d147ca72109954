import sharp, { type Metadata, type OutputInfo, type Sharp, type SharpOptions } from 'sharp';
import { limits } from '../../shared/limits.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { MediaFile } from './media-storage.ts';
import { type Removed, removedFrom } from './metadata.ts';
import { kindOf } from './signature.ts';

/** An image as readers get it. `width` and `height` are those of the upload, upright. */
export interface Developed {
  width: number;
  height: number;
  files: (MediaFile & { width: number })[];
  removed: Removed[];
}

/** From a small phone to a wide screen, in steps that a browser chooses from; none is larger than the upload. */
const widths = [320, 640, 960, 1280, 1920];
const widest = 1920;
/** For what does not know WebP: feed readers, mail, old phones. */
const plainWidths = [640, 1280];

/** Warnings are common in what phones make and harmless; what is cut off or broken is refused. */
const reading: SharpOptions = { limitInputPixels: limits.imagePixels, failOn: 'error', sequentialRead: true };

/**
 * Makes the variants of an upload. Each is painted anew from the pixels of the first picture, turned upright, in sRGB:
 * whatever else the file held (EXIF, XMP, IPTC, profiles, thumbnails, text, what hangs on behind) has no way into them.
 */
export async function develop(bytes: Buffer): Promise<Result<Developed>> {
  if (kindOf(bytes) === null) return refuse('unsupported-media-type', 'An image is a JPEG, PNG, WebP or AVIF file.');
  try {
    const metadata = await sharp(bytes, reading).metadata();
    const { width, height } = metadata.autoOrient;
    if (Math.max(width, height) > limits.imageSidePixels) return tooLarge();
    const picture = await decode(bytes);
    return ok({ width, height, files: await variants(picture, metadata), removed: removedFrom(metadata) });
  } catch (error) {
    if (error instanceof Error && error.message.includes('pixel limit')) return tooLarge();
    return refuse('unreadable-image', 'It is damaged, cut off, or not what it says it is.');
  }
}

const tooLarge = (): Result<never> =>
  refuse(
    'image-too-large',
    `An image may have ${limits.imagePixels / 1_000_000} million pixels, and ${limits.imageSidePixels} on a side.`,
  );

interface Picture {
  data: Buffer;
  info: OutputInfo;
}

/** Read once, at the size of the widest variant: a JPEG is made smaller while it is read. */
const decode = (bytes: Buffer): Promise<Picture> =>
  sharp(bytes, reading)
    .autoOrient()
    .resize({ width: widest, withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });

async function variants(picture: Picture, { hasAlpha }: Metadata): Promise<Developed['files']> {
  const most = picture.info.width;
  const isSeeThrough = hasAlpha && !(await paint(picture).stats()).isOpaque;
  const at = [...widths.filter((width) => width < most), most];
  const plainAt = plainWidths.filter((width) => width < most);
  if (plainAt.length < plainWidths.length) plainAt.push(most);
  const files: Developed['files'] = [];
  for (const width of at) {
    const webp = sized(picture, width).webp({ quality: 78, alphaQuality: 90, effort: 3 });
    files.push({ name: `${width}.webp`, type: 'image/webp', width, bytes: await webp.toBuffer() });
  }
  for (const width of plainAt) {
    const plain = sized(picture, width);
    files.push(
      isSeeThrough
        ? { name: `${width}.png`, type: 'image/png', width, bytes: await plain.png().toBuffer() }
        : { name: `${width}.jpg`, type: 'image/jpeg', width, bytes: await jpeg(plain).toBuffer() },
    );
  }
  return files;
}

const paint = ({ data, info: { width, height, channels } }: Picture): Sharp =>
  sharp(data, { raw: { width, height, channels } });

const sized = (picture: Picture, width: number): Sharp => paint(picture).resize({ width, withoutEnlargement: true });

const jpeg = (image: Sharp): Sharp => image.flatten({ background: '#fff' }).jpeg({ quality: 80, progressive: true });
