import readExif from 'exif-reader';
import type { Metadata } from 'sharp';

/**
 * What an image carried and no variant of it does: where it was taken, anything else that was written into it (camera, serial
 * number, author, text, thumbnail), pictures after the first of a moving one.
 */
export const removable = ['location', 'metadata', 'motion'] as const;
export type Removed = (typeof removable)[number];

/** Read for the uploader’s eyes alone: nothing is kept whatever this finds. */
export function removedFrom({ exif, xmp, iptc, comments, pages = 1 }: Metadata): Removed[] {
  const found: Removed[] = [];
  if (hasPosition(exif) || namesPlace(xmp) || hasPlaceRecord(iptc)) found.push('location');
  if (exif || xmp || iptc || (comments?.length ?? 0) > 0) found.push('metadata');
  if (pages > 1) found.push('motion');
  return found;
}

function hasPosition(exif: Buffer | undefined): boolean {
  if (!exif) return false;
  try {
    const { GPSLatitude, GPSDestLatitude } = readExif(exif).GPSInfo ?? {};
    return GPSLatitude !== undefined || GPSDestLatitude !== undefined;
  } catch {
    return false; // EXIF that nobody can read: it goes like any other
  }
}

const namesPlace = (xmp: Buffer | undefined): boolean =>
  /GPS(?:Dest)?Latitude|Location(?:Created|Shown)|Iptc4xmpCore:Location|photoshop:(?:City|State|Country)/.test(
    xmp?.toString('latin1') ?? '',
  );

/** IPTC records 2:90 to 2:101 are city, sublocation, province and country; each begins with 28, its set and its number. */
function hasPlaceRecord(iptc: Buffer | undefined): boolean {
  if (!iptc) return false;
  for (let number = 90; number <= 101; number++) if (iptc.includes(Buffer.from([28, 2, number]))) return true;
  return false;
}
