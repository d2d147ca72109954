import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Stands in every place of a file that can hold something: no byte of it may come out again. */
export const marker = 'MARKER-31.5N-34.45E';

/** A small picture with something in it. */
export const picture = (width = 64, height = 48): Sharp =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });

export interface Laden {
  name: string;
  bytes: Buffer;
  /** What the uploader must be told of. */
  location: boolean;
}

const gps = {
  IFD0: { ImageDescription: marker, Make: marker, Artist: marker, Copyright: marker, Software: marker },
  IFD2: { MakerNote: marker, UserComment: marker, BodySerialNumber: marker, CameraOwnerName: marker },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '34/1 27/1 0/1' },
};
const { IFD3: _, ...camera } = gps;

const xmp = (inner: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;
const placed = xmp(`<exif:GPSLatitude>31,30N</exif:GPSLatitude><dc:creator>${marker}</dc:creator>`);
const city = xmp(`<photoshop:City>${marker}</photoshop:City>`);
const authored = xmp(`<dc:creator>${marker}</dc:creator>`);

type Format = 'jpeg' | 'png' | 'webp' | 'avif';
const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];
const encoded = (image: Sharp, format: Format): Promise<Buffer> =>
  image.toFormat(format, format === 'avif' ? { effort: 0 } : {}).toBuffer();

/** A JPEG segment: `number` of the marker, what it holds. */
const segment = (number: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, number, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};
const afterStart = (jpeg: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

/** IPTC in Photoshop’s envelope: city, by-line and caption. */
const iptc = (records: number[]): Buffer => {
  const text = Buffer.from(marker);
  const body = Buffer.concat(
    records.map((number) => Buffer.concat([Buffer.from([28, 2, number, 0, text.length]), text])),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return segment(
    0xed,
    Buffer.concat([
      Buffer.from('Photoshop 3.0\0'),
      Buffer.from('8BIM\x04\x04\0\0', 'latin1'),
      size,
      body,
      Buffer.alloc(body.length % 2),
    ]),
  );
};

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer): number =>
  (bytes.reduce((c, byte) => (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

export function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(content.length);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc(named), named.length + 4);
  return chunk;
}
/** Behind the header chunk, which is 25 bytes after 8 of signature. */
const afterHeader = (png: Buffer, chunk: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);

/** A chunk at the end of a WebP, and the length of the file put right. */
function webpChunk(webp: Buffer, type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  const whole = Buffer.concat([webp, head, content, Buffer.alloc(content.length % 2)]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

/** About forty files, each with the marker somewhere that a newsroom must not give away. */
export async function ladenImages(): Promise<Laden[]> {
  const made: Laden[] = [];
  const add = (name: string, bytes: Buffer, location = false): void => void made.push({ name, bytes, location });
  for (const format of formats) {
    add(`${format}: EXIF with a position`, await encoded(picture().withExif(gps), format), true);
    add(`${format}: EXIF of a camera`, await encoded(picture().withExif(camera), format));
    add(`${format}: XMP with a position`, await encoded(picture().withXmp(placed), format), true);
    add(`${format}: XMP with a city`, await encoded(picture().withXmp(city), format), true);
    add(`${format}: XMP with an author`, await encoded(picture().withXmp(authored), format));
    add(
      `${format}: all of it, turned`,
      await encoded(picture().withExif(gps).withXmp(placed).withMetadata({ orientation: 6 }), format),
      true,
    );
    add(
      `${format}: something hangs on behind`,
      Buffer.concat([await encoded(picture(), format), Buffer.from(`<?php ${marker} ?>`)]),
    );
    add(
      `${format}: an archive behind it`,
      Buffer.concat([await encoded(picture(), format), Buffer.from(`PK\x03\x04${marker}`, 'latin1')]),
    );
  }
  const jpeg = await encoded(picture(), 'jpeg');
  add('jpeg: IPTC with a city', afterStart(jpeg, iptc([90, 80, 120])), true);
  add('jpeg: IPTC with an author', afterStart(jpeg, iptc([80, 120])));
  add('jpeg: comment', afterStart(jpeg, segment(0xfe, Buffer.from(marker))));
  add(
    'jpeg: unknown segments',
    afterStart(jpeg, segment(0xea, Buffer.from(marker)), segment(0xeb, Buffer.from(marker))),
  );
  add('jpeg: a thumbnail in JFXX', afterStart(jpeg, segment(0xe0, Buffer.from(`JFXX\0\x10${marker}`, 'latin1'))));
  add('jpeg: an MP4 behind it', Buffer.concat([jpeg, Buffer.from(`\0\0\0\x18ftypmp42${marker}`, 'latin1')]));
  add('jpeg: a second JPEG behind it', Buffer.concat([jpeg, afterStart(jpeg, segment(0xfe, Buffer.from(marker)))]));
  const png = await encoded(picture(), 'png');
  add('png: tEXt', afterHeader(png, pngChunk('tEXt', Buffer.from(`Comment\0${marker}`, 'latin1'))));
  add(
    'png: zTXt',
    afterHeader(png, pngChunk('zTXt', Buffer.concat([Buffer.from('Author\0\0', 'latin1'), deflateSync(marker)]))),
  );
  add('png: iTXt', afterHeader(png, pngChunk('iTXt', Buffer.from(`Title\0\0\0\0\0${marker}`, 'latin1'))));
  add('png: a chunk of its own', afterHeader(png, pngChunk('maRk', Buffer.from(marker))));
  add('webp: a chunk of its own', webpChunk(await encoded(picture(), 'webp'), 'MARK', Buffer.from(marker)));
  return made;
}
