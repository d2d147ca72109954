import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FolderStorage } from '../../server/media/folder-storage.ts';
import { type MediaStorage, MediaUnavailable } from '../../server/media/media-storage.ts';
import { S3Storage } from '../../server/media/s3-storage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { s3Keys, s3Server } from './s3-server.ts';

const folder = temporaryFolder();
const s3 = s3Server();
const url = () => `http://127.0.0.1:${(s3.server.address() as AddressInfo).port}/bucket/daymark/`;
beforeAll(async () => {
  s3.server.listen(0, '127.0.0.1');
  await once(s3.server, 'listening');
});
afterAll(() => {
  s3.server.close();
  folder.remove();
});

const file = (name: string, text = name) => ({ name, type: 'image/webp', bytes: Buffer.from(text) });

describe.each<[string, () => MediaStorage]>([
  ['a folder', () => new FolderStorage(folder.path)],
  ['an S3-compatible store', () => new S3Storage({ url: url(), ...s3Keys })],
])('images in %s', (_, open) => {
  test('MED30 what was put is there, byte for byte, what was removed is not, and what is not there is as good as removed', async () => {
    const storage = open();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
    await storage.put('gaza/0a', { name: '320.webp', type: 'image/webp', bytes });
    await storage.put('gaza/0a', file('640.webp'));
    await storage.put('gaza/0b', file('320.webp'));
    expect((await storage.get('gaza/0a', '320.webp'))?.equals(bytes)).toBe(true);
    expect(await storage.get('gaza/0a', '960.webp')).toBe(null);
    expect(await storage.get('gaza/none', '320.webp')).toBe(null);
    await storage.remove('gaza/0a', ['320.webp', '640.webp']);
    expect(await storage.get('gaza/0a', '640.webp')).toBe(null);
    expect((await storage.get('gaza/0b', '320.webp'))?.toString()).toBe('320.webp');
    await storage.remove('gaza/0a', ['320.webp', '640.webp']);
  });
});

describe('where the storage fails', () => {
  test('MED31 a folder that can’t be written is said to be unavailable, and leaves no half of a file', async () => {
    const broken = temporaryFolder();
    writeFileSync(`${broken.path}/gaza`, 'a file where a folder should be');
    await expect(new FolderStorage(broken.path).put('gaza/0a', file('320.webp'))).rejects.toThrow(MediaUnavailable);
    const whole = new FolderStorage(`${broken.path}/media`);
    await whole.put('kyiv/0a', file('320.webp'));
    expect(readdirSync(`${broken.path}/media/kyiv/0a`)).toEqual(['320.webp']);
    broken.remove();
  });

  test('MED31 a store that knows another secret, answers with an error, leads elsewhere or is not there is unavailable', async () => {
    const stranger = new S3Storage({ url: url(), ...s3Keys, secret: 'another' });
    await expect(stranger.get('gaza/0b', '320.webp')).rejects.toThrow('403 SignatureDoesNotMatch');
    const storage = new S3Storage({ url: url(), ...s3Keys });
    s3.fail(503);
    await expect(storage.put('gaza/0c', file('320.webp'))).rejects.toThrow(MediaUnavailable);
    s3.fail(302, { Location: 'http://169.254.169.254/latest/meta-data/' });
    await expect(storage.get('gaza/0b', '320.webp')).rejects.toThrow(MediaUnavailable);
    const nowhere = new S3Storage({ url: 'http://127.0.0.1:9/bucket', ...s3Keys });
    await expect(nowhere.get('gaza/0b', '320.webp')).rejects.toThrow(MediaUnavailable);
  });
});
