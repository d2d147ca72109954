import { describe, expect, test } from '@jest/globals';
import { get } from './raw.ts';
import { site } from './support.ts';

const nameless = site();
const named = site({ publicUrl: 'https://live.example.org' });
const proxied = site({ trustedProxies: 1 });
const paths = ['/gaza/feed.atom', '/gaza/feed.json', '/gaza', '/gaza/days', '/'];

const originsIn = async (url: string, path: string, headers: Record<string, string>): Promise<string[]> => {
  const text = (await get(url, path, headers)).body.toString();
  const found = text.match(/https?:\/\/[^/"<\s]+(?=\/gaza|\/")/g) ?? [];
  return [...new Set(found)];
};

describe('absolute addresses', () => {
  test.each(paths)('FEED7 in %s they begin with the origin that the operator named', async (path) => {
    const { url } = named();
    expect(await originsIn(url, path, { Host: 'other.example' })).toEqual(['https://live.example.org']);
  });

  test.each(paths)(
    'FEED7 in %s, where nobody named one, with what the asker called us, each for himself',
    async (path) => {
      const { url } = nameless();
      for (const host of ['a.example', 'b.example:8080', 'a.example', '[::1]:3000'])
        expect(await originsIn(url, path, { Host: host })).toEqual([`http://${host}`]);
      const { etag } = (await get(url, path, { Host: 'a.example' })).headers;
      expect((await get(url, path, { Host: 'b.example', 'If-None-Match': String(etag) })).status).toBe(200);
      expect((await get(url, path, { Host: 'a.example', 'If-None-Match': String(etag) })).status).toBe(304);
    },
  );

  test.each(['"><script>', 'a b', 'user@host', 'a.example/path', 'a.example:99999', 'a..'.repeat(200), 'ä.example'])(
    'FEED7 a Host that is none is not repeated: %s',
    async (host) => {
      const { url } = nameless();
      const own = url.replace('127.0.0.1', 'localhost');
      expect(await originsIn(url, '/gaza/feed.atom', { Host: Buffer.from(host).toString('latin1') })).toEqual([own]);
    },
  );

  test('FEED7 the scheme is believed from a trusted proxy alone', async () => {
    const asked = { Host: 'a.example', 'X-Forwarded-Proto': 'https' };
    expect(await originsIn(nameless().url, '/gaza/feed.atom', asked)).toEqual(['http://a.example']);
    expect(await originsIn(proxied().url, '/gaza/feed.atom', asked)).toEqual(['https://a.example']);
  });
});
