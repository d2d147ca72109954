import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { Darkroom } from '../../server/media/darkroom.ts';
import { limits } from '../../shared/limits.ts';
import { api, site } from '../http/support.ts';
import { silent } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { waitFor } from '../support/wait-for.ts';
import { picture, pngChunk } from './laden-images.ts';
import { upload } from './upload.ts';

const here = site();
const images = `${api}/gaza/images`;

/** A PNG that says it is so large and holds zeros, which pack to a thousandth. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const peakOf = (pid: number | undefined): number =>
  Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

describe('what is refused', () => {
  test('MED4 a picture that unpacks to a gigabyte is refused by what it says of itself, and takes no memory', async () => {
    const bombs = [bomb(16_000, 16_000), bomb(60_000, 60_000), bomb(100, 1_000_000)];
    for (const bytes of bombs) {
      const answer = await upload(here(), bytes);
      expect([answer.status, answer.body.code]).toEqual([413, 'image-too-large']);
    }
    const child = fork('dist/server/media/darkroom-process.js', [], { serialization: 'advanced', execArgv: [] });
    const answered = async (bytes: Buffer) => {
      child.send(bytes);
      return (await once(child, 'message'))[0];
    };
    expect(await answered(await picture().jpeg().toBuffer())).toMatchObject({ ok: true });
    const before = peakOf(child.pid);
    for (const bytes of bombs) expect(await answered(bytes)).toMatchObject({ problem: { code: 'image-too-large' } });
    expect(peakOf(child.pid) - before).toBeLessThan(150);
    child.disconnect();
  });

  test.each<[string, number, string, () => Buffer | Promise<Buffer>]>([
    [
      'an SVG with a script',
      415,
      'unsupported-media-type',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['a page', 415, 'unsupported-media-type', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program', 415, 'unsupported-media-type', () => readFileSync(process.execPath).subarray(0, 100_000)],
    ['a Windows program', 415, 'unsupported-media-type', () => Buffer.from(`MZ${'\0'.repeat(200)}PE`, 'latin1')],
    ['a PDF', 415, 'unsupported-media-type', () => Buffer.from('%PDF-1.7\n')],
    ['a GIF', 415, 'unsupported-media-type', () => picture().gif().toBuffer()],
    ['a TIFF', 415, 'unsupported-media-type', () => picture().tiff().toBuffer()],
    ['HEIC', 415, 'unsupported-media-type', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['nothing', 415, 'unsupported-media-type', () => Buffer.alloc(0)],
    [
      'a page that begins like a JPEG',
      422,
      'unreadable-image',
      () => Buffer.from('\xff\xd8\xff\xe0<script>alert(1)</script>', 'latin1'),
    ],
    [
      'an SVG that begins like a WebP',
      422,
      'unreadable-image',
      () => Buffer.from('RIFF\x20\0\0\0WEBP<svg xmlns="http://www.w3.org/2000/svg"/>', 'latin1'),
    ],
    ['half of a JPEG', 422, 'unreadable-image', async () => half(await picture(400, 300).jpeg().toBuffer())],
    ['half of a PNG', 422, 'unreadable-image', async () => half(await picture(400, 300).png().toBuffer())],
    ['half of a WebP', 422, 'unreadable-image', async () => half(await picture(400, 300).webp().toBuffer())],
    [
      'half of an AVIF',
      422,
      'unreadable-image',
      async () => half(await picture(400, 300).avif({ effort: 0 }).toBuffer()),
    ],
  ])('MED5 %s is refused, whatever its name and type say', async (_, status, code, make) => {
    const answer = await upload(here(), await make());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

  test('MED6 what is over 20 MB is refused while it arrives, what is no form at all, without a file, or with more than one', async () => {
    const large = await upload(
      here(),
      Buffer.concat([await picture().jpeg().toBuffer(), Buffer.alloc(limits.imageBytes)]),
    );
    expect([large.status, large.body.code]).toEqual([413, 'too-large']);
    const json = await here().request.post(images).set(here().admin).send({ file: 'x' });
    expect(json.body.code).toBe('unsupported-media-type');
    const unbounded = await here()
      .request.post(images)
      .set({ ...here().admin, 'Content-Type': 'multipart/form-data' })
      .send('x');
    expect(unbounded.body.code).toBe('unsupported-media-type');
    const faults = async (name: string, more: (name: string) => string) => {
      const form = here().request.post(images).set(here().admin);
      const bytes = await picture().jpeg().toBuffer();
      const answer =
        more(name) === 'file'
          ? form.attach(name, bytes, 'a.jpg').attach('file', bytes, 'b.jpg')
          : form.field(name, 'x');
      const { status, body } = await answer;
      return [status, body.errors?.[0]?.path];
    };
    expect(await faults('photo', () => 'file')).toEqual([422, '/photo']);
    expect(await faults('file', () => 'file')).toEqual([422, '/file']);
    expect(await faults('alt', () => 'field')).toEqual([422, '/alt']);
    const empty = await here()
      .request.post(images)
      .set({ ...here().admin, 'Content-Type': 'multipart/form-data; boundary=x' })
      .send('--x--\r\n');
    expect(empty.body.errors).toEqual([{ path: '/file', message: 'is required' }]);
    const broken = await here()
      .request.post(images)
      .set({ ...here().admin, 'Content-Type': 'multipart/form-data; boundary=x' })
      .send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf of it');
    expect(broken.status).toBe(422);
  });

  test('MED7 a file that crashes or stalls its decoder is refused, and the next is served', async () => {
    const folder = temporaryFolder();
    const program = `${folder.path}/program.mjs`;
    writeFileSync(
      program,
      `process.on('message', ([what]) => { if (what === 1) process.abort(); if (what === 3) process.send({ ok: true, value: Object.keys(process.env) }); });`,
    );
    const darkroom = new Darkroom({ log: silent, program, patienceMs: 6_000 });
    const crashed = darkroom.develop(Buffer.from([1]));
    const stalled = darkroom.develop(Buffer.from([2]));
    const fine = darkroom.develop(Buffer.from([3]));
    expect(await crashed).toMatchObject({ ok: false, problem: { code: 'unreadable-image' } });
    expect(await stalled).toMatchObject({ ok: false, problem: { code: 'unreadable-image' } });
    const environment = (await fine) as unknown as { value: string[] };
    expect(environment.value.filter((name) => /PATH|HOME|TOKEN|SECRET/.test(name))).toEqual([]);
    darkroom.close();
    folder.remove();
  });

  test('MED8 so many uploads at once are taken, then the next is told to come back', async () => {
    const half = (): ClientRequest => {
      const headers = { ...here().admin, 'Content-Type': 'multipart/form-data; boundary=x' };
      const asked = request(here().url + images, { method: 'POST', headers });
      asked.on('error', () => undefined);
      asked.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n');
      return asked;
    };
    const waiting = Array.from({ length: 4 }, half);
    const bytes = await picture().jpeg().toBuffer();
    await waitFor(async () => {
      const { status, body, headers } = await upload(here(), bytes);
      return status === 503 && body.code === 'overloaded' && headers['retry-after'] === '5';
    });
    for (const one of waiting) one.destroy();
    await waitFor(async () => (await upload(here(), bytes)).status === 201);
  });
});
